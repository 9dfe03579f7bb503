package io.quarkiverse.imsession.runtime.session;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionStoreException;
import io.quarkiverse.imsession.runtime.session.CommitResult.LimitReached;
import io.quarkiverse.imsession.runtime.session.CommitResult.Send;

/** Makes sessions that no request asked for, by all settings that hold for those of requests: for tests of applications. */
public final class SessionIssuer {

    private static final int OK = 200;

    private final SessionLoader loader;
    private final SessionCommitter committer;

    public SessionIssuer(SessionLoader loader, SessionCommitter committer) {
        this.loader = loader;
        this.committer = committer;
    }

    /**
     * Stores a new session.
     *
     * @param content does what a request would do with it
     * @param age how long ago its user was authenticated; zero to leave that to {@code content}
     * @return its token as a client has it; fails with {@link SessionStoreException} if the store does, and with
     *         {@link IllegalStateException} if a limit allows no more sessions
     */
    public CompletionStage<String> issue(Consumer<? super ImSession> content, Duration age) {
        RequestSession session = loader.none();
        content.accept(session);
        if (!session.exists()) {
            session.set(SessionData.empty());
        }
        if (!age.isZero()) {
            session.authenticated(Instant.now().minus(age));
        }
        return committer.commit(committer.plan(session, OK, Map::of)).thenApply(SessionIssuer::token);
    }

    /** The session of a token, as a request with it would see it. It holds nothing if the token is not valid. */
    public CompletionStage<RequestSession> load(String token) {
        return loader.load(token);
    }

    private static String token(CommitResult result) {
        if (result instanceof Send send) {
            return send.token();
        }
        if (result instanceof LimitReached) {
            throw new IllegalStateException("No session was made, as there are as many as"
                    + " quarkus.imsession.references.\"<field>\".max-sessions allows: end one before, or allow more");
        }
        throw new IllegalStateException("No session was made: " + result);
    }
}
