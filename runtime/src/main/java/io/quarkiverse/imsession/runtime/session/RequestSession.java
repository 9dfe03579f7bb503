package io.quarkiverse.imsession.runtime.session;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.Csrf;
import io.quarkiverse.imsession.Flash;
import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.SessionCommittedException;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.SessionStoreException;
import io.quarkiverse.imsession.codec.JsonText;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkus.security.identity.SecurityIdentity;

/** The session of one request. It holds an immutable state, and replaces it with each change. */
public final class RequestSession implements ImSession {

    private static final Duration SHORTEST_TIMEOUT = Duration.ofSeconds(1);
    /** The longest timeout: a hundred years, so that stores need not handle times of other millennia. */
    private static final Duration LONGEST_TIMEOUT = Duration.ofDays(36_525);

    private final AtomicReference<SessionState> state;
    private final TokenCodec tokens;
    private final SessionPolicy policy;
    private final Csrf csrf;
    private @Nullable SessionFlash flash;
    private volatile @Nullable Consumer<SessionId> marker;
    /** The time of the upgrade by {@link System#nanoTime()}; null unless the request has become a WebSocket. */
    private volatile @Nullable Long upgradedAt;

    private RequestSession(SessionState state, TokenCodec tokens, SessionPolicy policy) {
        this.state = new AtomicReference<>(state);
        this.tokens = tokens;
        this.policy = policy;
        this.csrf = new SessionCsrf(this.state::get, tokens);
    }

    static RequestSession of(SessionState state, TokenCodec tokens, SessionPolicy policy) {
        return new RequestSession(state, tokens, policy);
    }

    /** The session of a request that is handled although the store cannot be reached. */
    static RequestSession unavailable(TokenCodec tokens, SessionPolicy policy) {
        return new RequestSession(SessionState.NONE.readOnly(operation -> new SessionStoreException("ImSession." + operation
                + "() was called, but the session store could not be reached and quarkus.imsession.on-store-failure=anonymous"
                + " lets this request only read")), tokens, policy);
    }

    /** The session as the request came with it, read-only: for the answer to a request that is refused. */
    public RequestSession refused() {
        LoadedSession loaded = state.get().loaded();
        SessionState before = loaded == null ? SessionState.NONE : SessionState.of(loaded);
        return new RequestSession(before.readOnly(SessionCommittedException::inRefusal), tokens, policy);
    }

    /** Passes the id to a marker: now, if there is a session, and for each session that is made later. */
    public void mark(SessionMarker marked) {
        Consumer<SessionId> begun = marked.begin();
        marker = begun;
        id().ifPresent(begun);
    }

    @Override
    public SessionData data() {
        return dataOf(state.get());
    }

    @Override
    public boolean exists() {
        return state.get().exists();
    }

    @Override
    public Optional<SessionId> id() {
        return Optional.ofNullable(state.get().id());
    }

    @Override
    public Optional<Instant> createdAt() {
        return Optional.ofNullable(state.get().stored()).map(StoredSession::createdAt);
    }

    @Override
    public Optional<Instant> authenticatedAt() {
        return AuthenticationTime.of(state.get());
    }

    @Override
    public boolean isFresh(Duration within) {
        if (Objects.requireNonNull(within, "within").isNegative()) {
            throw new IllegalArgumentException("ImSession.isFresh(" + within
                    + ") asks for a log-in in the future: ask for a duration such as five minutes");
        }
        Long since = upgradedAt;
        // A socket may be open for long, so the age of the log-in grows by the time since the upgrade.
        Duration left = since == null ? within : within.minusNanos(System.nanoTime() - since);
        return !left.isNegative() && AuthenticationTime.isFresh(state.get(), left);
    }

    @Override
    public Optional<Instant> expiresAt() {
        return Optional.ofNullable(state.get().stored()).map(StoredSession::expiresAt);
    }

    @Override
    public Optional<String> principal() {
        return Optional.ofNullable(login()).map(Login::principal);
    }

    /** The log-in of the user, or null if no user is logged in. */
    public @Nullable Login login() {
        return Login.of(state.get());
    }

    @Override
    public void set(SessionData data) {
        Objects.requireNonNull(data, "data");
        change("set", current -> {
            check(data, dataOf(current), SessionFlash.size(current));
            return with(current, data);
        });
    }

    @Override
    public void update(UnaryOperator<SessionData> change) {
        Objects.requireNonNull(change, "change");
        change("update", current -> {
            SessionData before = dataOf(current);
            SessionData after = Objects.requireNonNull(change.apply(before),
                    "The function given to ImSession.update() returned null. To end the session call destroy()");
            if (after.equals(before)) {
                return current;
            }
            check(after, before, SessionFlash.size(current));
            return with(current, after);
        });
    }

    @Override
    public void login(SecurityIdentity identity) {
        if (Objects.requireNonNull(identity, "identity").isAnonymous()) {
            throw new IllegalArgumentException("ImSession.login() was called with an anonymous identity. Give it the one that"
                    + " IdentityProviderManager.authenticate() returned for the credentials of the user;"
                    + " to log out call destroy()");
        }
        login(identity.getPrincipal().getName(), identity.getRoles());
    }

    @Override
    public void login(String principal, Set<String> roles) {
        Login login = Login.of(principal, roles);
        change("login", current -> loggedIn(current, login));
    }

    private SessionState loggedIn(SessionState current, Login login) {
        if (!policy.logins()) {
            throw new IllegalStateException("ImSession.login() was called, but the next request would not be authenticated:"
                    + " build with quarkus.imsession.security.enabled=true");
        }
        SessionState before = login.follows(Login.of(current)) ? current : current.destroyed();
        SessionData data = login.in(dataOf(before));
        check(data, dataOf(before),
                login.encode().getBytes(StandardCharsets.UTF_8).length + SessionFlash.size(before));
        return renewed(with(before, data).withLogin(login));
    }

    @Override
    public void destroy() {
        change("destroy", SessionState::destroyed);
    }

    @Override
    public void renew() {
        change("renew", this::renewed);
    }

    private SessionState renewed(SessionState current) {
        return current.renewed(current.isLoaded() ? tokens.renew(current.loaded().token()) : null);
    }

    @Override
    public void touch() {
        change("touch", SessionState::touched);
    }

    @Override
    public void touch(Duration timeout) {
        Duration checked = checkedTimeout(timeout);
        change("touch", current -> current.withOwnTimeout(checked));
    }

    @Override
    public void label(String label) {
        if (Objects.requireNonNull(label, "label").length() > MAX_LABEL_LENGTH) {
            throw new IllegalArgumentException("The label of a session has up to " + MAX_LABEL_LENGTH
                    + " characters, this one has " + label.length());
        }
        if (!JsonText.isValidUnicode(label)) {
            throw new IllegalArgumentException(
                    "The label of a session is valid Unicode, this one has half of a surrogate pair: cut texts between characters");
        }
        change("label", current -> current.withLabel(label));
    }

    @Override
    public Optional<String> label() {
        SessionState current = state.get();
        return current.exists() ? Attributes.text(current.attribute(Attributes.LABEL)) : Optional.empty();
    }

    @Override
    public synchronized Flash flash() {
        if (flash == null) {
            flash = new SessionFlash(state::get, this::change, tokens, policy);
        }
        return flash;
    }

    @Override
    public Csrf csrf() {
        return csrf;
    }

    public static Duration checkedTimeout(Duration timeout) {
        if (Objects.requireNonNull(timeout, "timeout").compareTo(SHORTEST_TIMEOUT) < 0) {
            throw new IllegalArgumentException("A session lives at least one second, touch(" + timeout
                    + ") asks for less. To end it call destroy()");
        }
        if (timeout.compareTo(LONGEST_TIMEOUT) > 0) {
            throw new IllegalArgumentException("A session lives at most a hundred years, touch(" + timeout
                    + ") asks for more. Ask for less");
        }
        return Duration.ofMillis(timeout.toMillis());
    }

    /** Makes the session look as if its user had been authenticated at that time. */
    public void authenticated(Instant time) {
        change("authenticated", current -> current.withAuthentication(AuthenticationTime.encode(time)));
    }

    /**
     * Returns the final state, and refuses changes from now on.
     *
     * @param upgrade whether the request becomes a WebSocket
     */
    SessionState freeze(boolean upgrade) {
        if (upgrade) {
            upgradedAt = System.nanoTime();
        }
        return upgrade ? state.updateAndGet(current -> current.readOnly(SessionCommittedException::inWebSocket))
                : state.updateAndGet(current -> current.readOnly(SessionCommittedException::new));
    }

    private SessionState with(SessionState current, SessionData data) {
        return current.exists() ? current.withData(data) : current.withData(data, tokens.generate());
    }

    private static SessionData dataOf(SessionState state) {
        return state.data() == null ? SessionData.empty() : state.data();
    }

    /** @param more the size of other values to store beside the data, in bytes */
    private void check(SessionData data, SessionData before, int more) {
        policy.checkSize(data, more);
        policy.checkFields(data, before);
    }

    private void change(String operation, UnaryOperator<SessionState> change) {
        SessionState before;
        @Nullable
        SessionState after;
        do {
            before = state.get();
            if (before.obstacle() != null) {
                throw before.obstacle().apply(operation);
            }
            after = change.apply(before);
        } while (!state.compareAndSet(before, after));
        Consumer<SessionId> begun = marker;
        if (begun != null && after.madeToken() != null && after.madeToken() != before.madeToken()) {
            begun.accept(after.madeToken().id());
        }
    }
}
