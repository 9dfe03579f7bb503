package io.quarkiverse.imsession.runtime.histories;

import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.spi.Expected;
import io.quarkiverse.imsession.spi.SessionStore;
import io.quarkiverse.imsession.spi.SessionUpdate;
import io.quarkiverse.imsession.spi.UpdateResult;
import io.quarkiverse.imsession.spi.UpdateResult.Changed;
import io.quarkiverse.imsession.test.ForwardingStore;

/** A store with a planted fault. */
record FaultyStore(SessionStore delegate, Fault fault) implements ForwardingStore {

    /** What the store does. */
    enum Fault {
        NONE,
        COMPARES_NOTHING,
        COMPARES_ALL_FIELDS_BUT_ONE,
        COMPARES_NAMED_FIELDS_ONLY,
        COMPARES_ONLY_IF_THE_VERSION_HAS_MOVED_BY_MORE_THAN_ONE,
        COMPARES_WITH_WHAT_IT_HAS_ITSELF,
        ANSWERS_WITH_THE_BASIS
    }

    @Override
    public CompletionStage<UpdateResult> update(SessionId id, SessionUpdate update) {
        return switch (fault) {
            case NONE -> delegate.update(id, update);
            case COMPARES_NOTHING -> update(id, update, Expected.NOTHING);
            case COMPARES_ALL_FIELDS_BUT_ONE -> update(id, update, allButOne(update.expected()));
            case COMPARES_NAMED_FIELDS_ONLY -> update(id, update, new Expected(update.expected().fields(), false));
            case COMPARES_ONLY_IF_THE_VERSION_HAS_MOVED_BY_MORE_THAN_ONE -> delegate.load(id)
                    .thenCompose(stored -> stored != null && stored.version() == update.basis().version() + 1
                            ? update(id, update, Expected.NOTHING)
                            : delegate.update(id, update));
            case COMPARES_WITH_WHAT_IT_HAS_ITSELF -> delegate.load(id).thenCompose(stored -> stored == null
                    ? CompletableFuture.completedFuture(new UpdateResult.Gone())
                    : delegate.update(id, update.on(stored)));
            case ANSWERS_WITH_THE_BASIS -> delegate.update(id, update)
                    .thenApply(result -> result instanceof Changed ? new Changed(update.basis()) : result);
        };
    }

    private CompletionStage<UpdateResult> update(SessionId id, SessionUpdate update, Expected expected) {
        return delegate.update(id, new SessionUpdate(update.basis(), update.presented(), update.changed(), update.removed(),
                update.tokenChange(), update.expiry(), update.maxSize(), expected));
    }

    private static Expected allButOne(Expected expected) {
        Set<String> fields = new TreeSet<>(expected.fields());
        if (fields.size() > 1) {
            fields.remove(fields.iterator().next());
        }
        return new Expected(fields, expected.all());
    }
}
