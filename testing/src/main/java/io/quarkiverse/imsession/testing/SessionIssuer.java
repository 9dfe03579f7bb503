package io.quarkiverse.imsession.testing;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionLimitException;
import io.quarkiverse.imsession.SessionStoreException;
import io.quarkiverse.imsession.runtime.session.CommitResult;
import io.quarkiverse.imsession.runtime.session.CommitResult.Send;
import io.quarkiverse.imsession.runtime.session.DeviceBindings;
import io.quarkiverse.imsession.runtime.session.RequestSession;
import io.quarkiverse.imsession.runtime.session.SessionCommitter;
import io.quarkiverse.imsession.runtime.session.SessionLoader;

/** Makes sessions without a request, with the same settings as those of requests. */
final class SessionIssuer {

    private static final int OK = 200;

    private final SessionLoader loader;
    private final SessionCommitter committer;
    private final Optional<DeviceBindings> devices;

    /** @param devices empty if the application binds no sessions to devices */
    SessionIssuer(SessionLoader loader, SessionCommitter committer, Optional<DeviceBindings> devices) {
        this.loader = loader;
        this.committer = committer;
        this.devices = devices;
    }

    /**
     * What a client gets.
     *
     * @param bound the bound cookie; null if the session is bound to no device
     */
    record Issued(String token, @Nullable String bound) {
    }

    /**
     * Stores a new session.
     *
     * @param content changes the session as a request would do
     * @param age how long ago its user was authenticated; zero to leave that to {@code content}
     * @param deviceBound whether the session is bound to a device
     * @return a stage that fails with {@link SessionStoreException} if the store fails, and with {@link IllegalStateException}
     *         if a limit allows no more sessions
     * @throws IllegalStateException if the session is to be bound, and the application binds none
     */
    CompletionStage<Issued> issue(Consumer<? super ImSession> content, Duration age, boolean deviceBound) {
        RequestSession session = loader.none();
        content.accept(session);
        if (!session.exists()) {
            session.set(SessionData.empty());
        }
        DeviceBindings binding = deviceBound
                ? devices.orElseThrow(() -> new IllegalStateException("The session of the test is to be"
                        + " bound to a device, but the application binds none: set quarkus.imsession.device-bound.enabled=true"))
                : null;
        if (binding != null) {
            session.renew();
        }
        if (!age.isZero()) {
            session.authenticated(Instant.now().minus(age));
        }
        CompletionStage<String> token = committer.commit(session, OK, false).handle(SessionIssuer::token);
        if (binding == null) {
            return token.thenApply(issued -> new Issued(issued, null));
        }
        return token.thenCompose(issued -> new TestDevice()
                .bind(binding, session.id().orElseThrow(), Objects.requireNonNull(session.offer()))
                .thenApply(bound -> new Issued(issued, bound)));
    }

    /**
     * The session of a token, as a request with this token would see it; without a session if the token is not valid.
     *
     * @param bound the bound cookie; null if the client has none
     */
    CompletionStage<RequestSession> load(String token, @Nullable String bound) {
        return loader.load(Set.of(token), () -> bound == null ? Set.of() : Set.of(bound));
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
