package io.quarkiverse.imsession.test;

import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.spi.Created;
import io.quarkiverse.imsession.spi.NewSession;
import io.quarkiverse.imsession.spi.SessionStore;
import io.quarkiverse.imsession.spi.SessionUpdate;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.spi.UpdateResult;

/** Hands each call to another store. A test overrides the calls that it is about. */
public interface ForwardingStore extends SessionStore {

    SessionStore delegate();

    @Override
    default CompletionStage<@Nullable StoredSession> load(SessionId id) {
        return delegate().load(id);
    }

    @Override
    default CompletionStage<Created> create(SessionId id, NewSession session) {
        return delegate().create(id, session);
    }

    @Override
    default CompletionStage<UpdateResult> update(SessionId id, SessionUpdate update) {
        return delegate().update(id, update);
    }

    @Override
    default CompletionStage<Boolean> destroy(SessionId id) {
        return delegate().destroy(id);
    }

    @Override
    default CompletionStage<@Nullable Void> confirm(SessionId id) {
        return delegate().confirm(id);
    }

    @Override
    default boolean hasToConfirm() {
        return delegate().hasToConfirm();
    }

    @Override
    default boolean isTransactional() {
        return delegate().isTransactional();
    }
}
