package io.quarkiverse.imsession.runtime.websockets;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.Csrf;
import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.SessionCommittedException;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionId;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.websockets.next.UserData;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Context;

/** The session of a WebSocket: as it was at the upgrade, for reading only. */
final class SessionAtUpgrade implements ImSession {

    private static final UserData.TypedKey<SessionAtUpgrade> KEY = new UserData.TypedKey<>(ImSession.class.getName());

    private final ImSession session;
    private final Context context;
    private final long since = System.nanoTime();

    private SessionAtUpgrade(ImSession session, Context context) {
        this.session = session;
        this.context = context;
    }

    /**
     * Gives a connection the session of its handshake.
     *
     * @param context where the handshake is handled; what it keeps of that request is let go
     */
    static void keep(ImSession session, Context context, UserData connection) {
        connection.put(KEY, new SessionAtUpgrade(session, VertxContext.getRootContext(context)));
    }

    /** Null if the path of the handshake has no sessions. */
    static @Nullable SessionAtUpgrade of(WebSocketConnection connection) {
        return connection.userData().get(KEY);
    }

    /** Does something where the connection lives, after the handshake. */
    void afterHandshake(Runnable task) {
        context.runOnContext(ignored -> task.run());
    }

    @Override
    public SessionData data() {
        return session.data();
    }

    @Override
    public boolean exists() {
        return session.exists();
    }

    @Override
    public Optional<SessionId> id() {
        return session.id();
    }

    @Override
    public Optional<Instant> createdAt() {
        return session.createdAt();
    }

    @Override
    public Optional<Instant> authenticatedAt() {
        return session.authenticatedAt();
    }

    @Override
    public Optional<String> principal() {
        return session.principal();
    }

    /** What was fresh at the upgrade is not for as long as the socket is open. */
    @Override
    public boolean isFresh(Duration within) {
        if (!session.isFresh(within)) {
            return false;
        }
        Duration left = within.minusNanos(System.nanoTime() - since);
        return !left.isNegative() && session.isFresh(left);
    }

    @Override
    public Optional<Instant> expiresAt() {
        return session.expiresAt();
    }

    @Override
    public Optional<String> label() {
        return session.label();
    }

    @Override
    public Csrf csrf() {
        return session.csrf();
    }

    @Override
    public void set(SessionData data) {
        throw SessionCommittedException.inWebSocket("set");
    }

    @Override
    public void update(UnaryOperator<SessionData> change) {
        throw SessionCommittedException.inWebSocket("update");
    }

    @Override
    public void login(SecurityIdentity identity) {
        throw SessionCommittedException.inWebSocket("login");
    }

    @Override
    public void login(String principal, Set<String> roles) {
        throw SessionCommittedException.inWebSocket("login");
    }

    @Override
    public void destroy() {
        throw SessionCommittedException.inWebSocket("destroy");
    }

    @Override
    public void renew() {
        throw SessionCommittedException.inWebSocket("renew");
    }

    @Override
    public void touch() {
        throw SessionCommittedException.inWebSocket("touch");
    }

    @Override
    public void touch(Duration timeout) {
        throw SessionCommittedException.inWebSocket("touch");
    }

    @Override
    public void label(String label) {
        throw SessionCommittedException.inWebSocket("label");
    }
}
