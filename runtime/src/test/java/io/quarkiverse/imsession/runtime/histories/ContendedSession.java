package io.quarkiverse.imsession.runtime.histories;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.spi.SessionToken;
import io.quarkiverse.imsession.spi.StoredSession;

/** A session that all clients use, and what the last of them got: by the time it is used, it may be old. */
final class ContendedSession {

    private volatile SessionToken token;
    private volatile @Nullable StoredSession basis;

    ContendedSession(SessionToken token) {
        this.token = token;
    }

    SessionId id() {
        return token.id();
    }

    SessionToken token() {
        return token;
    }

    void token(SessionToken next) {
        token = next;
    }

    @Nullable
    StoredSession basis() {
        return basis;
    }

    void basis(StoredSession loaded) {
        basis = loaded;
    }
}
