package io.quarkiverse.imsession.testing;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionLimitException;
import io.quarkiverse.imsession.SessionStoreException;
import io.quarkiverse.imsession.runtime.session.CommitResult;
import io.quarkiverse.imsession.runtime.session.CommitResult.Send;
import io.quarkiverse.imsession.runtime.session.RequestSession;
import io.quarkiverse.imsession.runtime.session.SessionCommitter;
import io.quarkiverse.imsession.runtime.session.SessionLoader;

/** Makes sessions without a request, with the same settings as those of requests. */
final class SessionIssuer {

    private static final int OK = 200;

    private final SessionLoader loader;
    private final SessionCommitter committer;

    SessionIssuer(SessionLoader loader, SessionCommitter committer) {
        this.loader = loader;
        this.committer = committer;
    }

    /**
     * Stores a new session.
     *
     * @param content changes the session as a request would do
     * @param age how long ago its user was authenticated; zero to leave that to {@code content}
     * @return a stage of its token as text; it fails with {@link SessionStoreException} if the store fails, and with
     *         {@link IllegalStateException} if a limit allows no more sessions
     */
    CompletionStage<String> issue(Consumer<? super ImSession> content, Duration age) {
        RequestSession session = loader.none();
        content.accept(session);
        if (!session.exists()) {
            session.set(SessionData.empty());
        }
        if (!age.isZero()) {
            session.authenticated(Instant.now().minus(age));
        }
        return committer.commit(session, OK, false).handle(SessionIssuer::token);
    }

    /** The session of a token, as a request with this token would see it; without a session if the token is not valid. */
    CompletionStage<RequestSession> load(String token) {
        return loader.load(token);
    }

    private static String token(@Nullable CommitResult result, @Nullable Throwable failure) {
        if (result instanceof Send send) {
            return send.token();
        }
        if (failure instanceof SessionLimitException limit) {
            throw new IllegalStateException("No session was made, as there are as many as quarkus.imsession.references.\""
                    + limit.field() + "\".max-sessions allows: end one before, or allow more", limit);
        }
        throw failure instanceof RuntimeException cause ? cause
                : new IllegalStateException("No session was made: " + result, failure);
    }
}
