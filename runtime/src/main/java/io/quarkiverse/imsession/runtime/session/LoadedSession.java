package io.quarkiverse.imsession.runtime.session;

import java.time.Duration;
import java.util.Optional;

import io.quarkiverse.imsession.runtime.session.CommitResult.Send;
import io.quarkiverse.imsession.spi.Presented;
import io.quarkiverse.imsession.spi.SessionToken;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.spi.TokenState;

/**
 * A session that was loaded for a request with a valid token.
 *
 * @param token the token that the request came with
 * @param check the status of the token
 * @param stored the session as the store held it
 * @param presented the token, and the version of the session when the request came: it stays when the session is stored anew
 */
record LoadedSession(SessionToken token, TokenState.Check check, StoredSession stored, Presented presented) {

    LoadedSession(SessionToken token, TokenState.Check check, StoredSession stored) {
        this(token, check, stored, new Presented(token.hash(), stored.version()));
    }

    /** The name of the logged-in user; empty if there is none. */
    Optional<String> principal() {
        return Login.principal(stored.data(), stored.attributes());
    }

    Duration remaining() {
        return Duration.between(stored.now(), stored.expiresAt());
    }

    /**
     * What tells the client the version that it has seen; KEEP unless tokens tell versions, and its token is the newest one.
     */
    CommitResult seen(TokenCodec tokens) {
        return tokens.tellsVersions() ? told(tokens) : CommitResult.KEEP;
    }

    /** What tells the client its token, with the version and the end of this session; KEEP unless it is the newest one. */
    CommitResult told(TokenCodec tokens) {
        return check == TokenState.Check.CURRENT && remaining().toSeconds() > 0
                ? new Send(tokens.encode(token, stored.version()), remaining(), stored.ownTimeout() != null, null)
                : CommitResult.KEEP;
    }

    /** The session as it was stored later, while the request was under way. */
    LoadedSession as(StoredSession later) {
        return new LoadedSession(token, later.token().check(presented, later.now()), later, presented);
    }
}
