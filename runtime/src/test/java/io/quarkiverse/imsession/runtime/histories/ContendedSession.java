package io.quarkiverse.imsession.runtime.histories;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.spi.SessionToken;
import io.quarkiverse.imsession.spi.StoredSession;

/** A session that all clients use, and what the last of them got: by the time it is used, it may be old. */
final class ContendedSession {

    private volatile SessionToken token;
    private volatile SessionToken earlier;
    private volatile @Nullable StoredSession basis;

    ContendedSession(SessionToken token) {
        this.token = token;
        this.earlier = token;
    }

    SessionId id() {
        return token.id();
    }

    SessionToken token() {
        return token;
    }

    /** The one before, or the same. */
    SessionToken earlier() {
        return earlier;
    }

    void token(SessionToken next) {
        earlier = token;
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
