package io.quarkiverse.imsession.runtime.session;

import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.Reference;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.runtime.session.SessionMetrics.Operation;
import io.quarkiverse.imsession.spi.IndexedSessionStore;

/** One that finds sessions, a page at a time. */
final class TimedIndexedStore extends TimedStore<IndexedSessionStore> implements IndexedSessionStore {

    TimedIndexedStore(IndexedSessionStore store, SessionMetrics metrics) {
        super(store, metrics);
    }

    @Override
    public CompletionStage<Page> find(Reference reference, @Nullable String after, int limit) {
        return timed(Operation.FIND, () -> store.find(reference, after, limit));
    }

    @Override
    public CompletionStage<Page> find(Reference reference, @Nullable String after, int limit, @Nullable Set<String> fields) {
        return timed(Operation.FIND, () -> store.find(reference, after, limit, fields));
    }

    @Override
    public CompletionStage<Page> findAll(@Nullable String after, int limit) {
        return timed(Operation.FIND, () -> store.findAll(after, limit));
    }

    @Override
    public Scan scan(Reference reference, int limit, @Nullable Set<String> fields) {
        return timed(store.scan(reference, limit, fields));
    }

    @Override
    public Scan scanAll(int limit) {
        return timed(store.scanAll(limit));
    }

    private Scan timed(Scan scan) {
        return () -> timed(Operation.FIND, scan::next);
    }

    @Override
    public CompletionStage<Long> destroyAll(Reference reference, @Nullable SessionId kept, Consumer<SessionId> ended) {
        return timed(Operation.DESTROY_ALL, () -> store.destroyAll(reference, kept, ended));
    }

    @Override
    public CompletionStage<Long> destroyEverySession(Consumer<SessionId> ended) {
        return timed(Operation.DESTROY_ALL, () -> store.destroyEverySession(ended));
    }
}
