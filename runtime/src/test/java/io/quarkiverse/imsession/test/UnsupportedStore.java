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

/** Fails at each call. A test overrides the calls that it expects. */
public interface UnsupportedStore extends SessionStore {

    @Override
    default CompletionStage<@Nullable StoredSession> load(SessionId id) {
        throw new UnsupportedOperationException("load");
    }

    @Override
    default CompletionStage<Created> create(SessionId id, NewSession session) {
        throw new UnsupportedOperationException("create");
    }

    @Override
    default CompletionStage<UpdateResult> update(SessionId id, SessionUpdate update) {
        throw new UnsupportedOperationException("update");
    }

    @Override
    default CompletionStage<Boolean> destroy(SessionId id) {
        throw new UnsupportedOperationException("destroy");
    }
}
