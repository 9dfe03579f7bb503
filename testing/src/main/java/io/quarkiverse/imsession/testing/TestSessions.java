package io.quarkiverse.imsession.testing;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.ImSessions;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.SessionInfo;
import io.quarkiverse.imsession.runtime.SessionRuntime;
import io.quarkiverse.imsession.runtime.config.CsrfConfig;
import io.quarkiverse.imsession.runtime.config.ImSessionConfig;
import io.quarkiverse.imsession.runtime.http.DeviceExchange;
import io.quarkiverse.imsession.runtime.log.Failures;
import io.quarkiverse.imsession.runtime.session.GuardedStore;
import io.quarkiverse.imsession.spi.SessionIdResolver;
import io.quarkus.arc.Unremovable;

/**
 * Makes sessions for a test, and reads the store of the tested application. Inject it into a {@code @QuarkusTest}. Sessions are
 * made with the settings of the application, in its store. Sessions that are made here are ended after the test; sessions that
 * requests make are not.
 */
@Singleton
@Unremovable
public class TestSessions {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.imsession");

    private final Instance<SessionRuntime> runtime;
    private final Instance<ImSessions> sessions;
    private final Instance<GuardedStore> store;
    private final Instance<SessionIdResolver> resolver;
    private final Instance<TokenCarrier> carrier;
    private final ImSessionConfig config;
    private final Queue<TestSession> made = new ConcurrentLinkedQueue<>();
    private final ThreadLocal<@Nullable TestSession> current = new ThreadLocal<>();

    @Inject
    TestSessions(Instance<SessionRuntime> runtime, Instance<ImSessions> sessions, Instance<GuardedStore> store,
            Instance<SessionIdResolver> resolver, Instance<TokenCarrier> carrier, ImSessionConfig config) {
        this.runtime = runtime;
        this.sessions = sessions;
        this.store = store;
        this.resolver = resolver;
        this.carrier = carrier;
        this.config = config;
    }

    /** Makes a session without data. */
    public TestSession create() {
        return create(SessionData.empty());
    }

    /** Makes a session with these fields. */
    public TestSession create(SessionData data) {
        return create(session -> session.set(data));
    }

    /** Makes a session whose fields are the components of a record. */
    public TestSession create(Record view) {
        return create(session -> session.merge(view));
    }

    /**
     * Makes a session and changes it as a request would do: {@code create(session -> session.login("ada", Set.of("admin")))}.
     *
     * @throws IllegalStateException if a limit allows no more sessions, or the application has no sessions
     */
    public TestSession create(Consumer<? super ImSession> content) {
        return create(content, Duration.ZERO);
    }

    /**
     * Makes a session whose user was authenticated some time ago, for tests of operations that need a recent log-in.
     *
     * @param authenticatedAgo how long ago; zero to leave that to {@code content}, which may call {@link ImSession#login}
     * @throws IllegalArgumentException if {@code authenticatedAgo} is negative
     * @throws IllegalStateException if a limit allows no more sessions, or the application has no sessions
     */
    public TestSession create(Consumer<? super ImSession> content, Duration authenticatedAgo) {
        return create(content, authenticatedAgo, false);
    }

    /**
     * Makes a session that is bound to a device, with its bound cookie. A session is bound at a log-in or renewal, so its user
     * counts as authenticated now.
     *
     * @param content changes the session as a request would do
     * @throws IllegalStateException if {@code quarkus.imsession.device-bound.enabled} is false, a limit allows no more
     *         sessions, or the application has none
     */
    public TestSession createDeviceBound(Consumer<? super ImSession> content) {
        return create(content, Duration.ZERO, true);
    }

    TestSession create(Consumer<? super ImSession> content, Duration authenticatedAgo, boolean deviceBound) {
        if (authenticatedAgo.isNegative()) {
            throw new IllegalArgumentException("authenticatedAgo is " + authenticatedAgo
                    + ", but no session was authenticated in the future: use a duration such as PT1H");
        }
        SessionIssuer.Issued issued = await(issuer().issue(content, authenticatedAgo, deviceBound));
        List<TokenCarrier> builtIn = List.of(new CookieCarrier(cookieName()),
                new BearerCarrier(config.bearer().responseHeader()));
        TokenCarrier found = TokenCarriers.find(carrier.stream().findFirst(), builtIn, resolver.get(), issued.token());
        TestSession session = new TestSession(this, found, issued.token(), issued.bound());
        made.add(session);
        return session;
    }

    /**
     * The session of {@link WithSession}.
     *
     * @throws IllegalStateException if this test has none
     */
    public TestSession current() {
        TestSession session = current.get();
        if (session == null) {
            throw new IllegalStateException("This test has no session: annotate it with @WithSession, or make one with"
                    + " TestSessions.create()");
        }
        return session;
    }

    /** A session as the store holds it; empty if there is none. */
    public Optional<SessionInfo> find(SessionId id) {
        return sessions().get(id);
    }

    /**
     * The session of a token, such as the value of a cookie that a response set: empty if the application would not accept the
     * token for any reason.
     */
    public Optional<SessionInfo> find(String token) {
        return load(token, null).id().flatMap(this::find);
    }

    /** The session of a cookie. See {@link #find(String)}. */
    public Optional<SessionInfo> find(SessionCookie cookie) {
        return find(cookie.value());
    }

    /** The sessions that are found by a reference, see {@link ImSessions#list(String, Object, int)}. */
    public List<SessionInfo> find(String field, Object value) {
        return sessions().stream(field, value).toList();
    }

    /** The number of sessions in the store. */
    public long count() {
        return sessions().count();
    }

    /** Ends a session. False if there was none. */
    public boolean destroy(SessionId id) {
        return sessions().destroy(id);
    }

    /**
     * Ends all sessions of the store, including those that requests of this and earlier tests have made. Returns their number.
     */
    public long destroyEverySession() {
        return sessions().destroyEverySession();
    }

    /** @param bound the bound cookie; null if the client has none */
    ImSession load(String token, @Nullable String bound) {
        return await(issuer().load(token, bound));
    }

    String cookieName() {
        return config.cookie().nameInForce();
    }

    String boundCookieName() {
        return DeviceExchange.cookieName(cookieName());
    }

    CsrfConfig csrf() {
        return config.csrf();
    }

    void begin(TestSession session) {
        current.set(session);
    }

    @Nullable
    TestSession running() {
        return current.get();
    }

    /** Ends the sessions that were made since the last call. If the store cannot be reached, they will expire. */
    void endMade() {
        current.remove();
        for (TestSession session = made.poll(); session != null; session = made.poll()) {
            for (SessionId id : session.ids()) {
                try {
                    await(store.get().destroy(id));
                } catch (RuntimeException e) {
                    LOG.warnf("Session %s of a test could not be ended: %s", id, Failures.describe(e));
                }
            }
        }
    }

    private SessionIssuer issuer() {
        SessionRuntime parts = present(runtime);
        return new SessionIssuer(parts.loader(), parts.committer(), parts.devices());
    }

    private ImSessions sessions() {
        return present(sessions);
    }

    private static <T> T present(Instance<T> bean) {
        if (!bean.isResolvable()) {
            throw new IllegalStateException(
                    "This application has no sessions: quarkus.imsession.enabled is false. Set it to true for this test");
        }
        return bean.get();
    }

    private static <T> T await(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }
}
