package io.quarkiverse.imsession.runtime.session;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;
import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.Csrf;
import io.quarkiverse.imsession.FieldReads;
import io.quarkiverse.imsession.Flash;
import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.SessionCommittedException;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionException;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.SessionStoreException;
import io.quarkiverse.imsession.codec.JsonText;
import io.quarkiverse.imsession.codec.Utf8;
import io.quarkiverse.imsession.runtime.device.DeviceBinding;
import io.quarkiverse.imsession.runtime.device.DeviceOffer;
import io.quarkiverse.imsession.runtime.log.LimitedLog;
import io.quarkiverse.imsession.runtime.session.CommitResult.Send;
import io.quarkiverse.imsession.spi.SessionToken;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;

/** The session of one request. It holds an immutable draft, and replaces it with each change. */
public final class RequestSession implements ImSession {

    private static final LimitedLog UNCOMMITTED = new LimitedLog(Logger.getLogger("io.quarkiverse.imsession"), Level.ERROR);
    /** The greatest number of changes that wait for a commit on demand. */
    private static final int MOST_UNCOMMITTED = 1000;
    private static final Duration SHORTEST_TIMEOUT = Duration.ofSeconds(1);
    /** The longest timeout: a hundred years, so that stores need not handle times of other millennia. */
    private static final Duration LONGEST_TIMEOUT = Duration.ofDays(36_525);

    /** How far the response is. */
    private enum Phase {
        /** No byte was written yet, so the client can get a token. */
        OPEN,
        BEGUN,
        /** The request has become a WebSocket. */
        UPGRADED
    }

    private final AtomicReference<Draft> draft;
    private final TokenCodec tokens;
    private final SessionPolicy policy;
    private final @Nullable SessionCommitter committer;
    private final @Nullable Devices devices;
    private final RequestCommits commits = new RequestCommits();
    private volatile @Nullable SessionFlash flash;
    private volatile Answer answer = Answer.NONE;
    private volatile Phase phase = Phase.OPEN;
    private volatile @Nullable Consumer<ImSession> marker;
    private volatile @Nullable SessionId rejected;
    private volatile @Nullable LoadedSession replayed;
    private volatile @Nullable SecurityIdentity authenticated;
    private volatile @Nullable SecurityIdentity authenticatedBySession;
    /** The session to whose device this request belongs. */
    private volatile @Nullable SessionId proved;
    private volatile @Nullable DeviceOffer offer;
    /** The time of the upgrade by {@link System#nanoTime()}; null unless the request has become a WebSocket. */
    private volatile @Nullable Long upgradedAt;

    private RequestSession(SessionState state, TokenCodec tokens, SessionPolicy policy, @Nullable SessionCommitter committer,
            @Nullable Devices devices) {
        this.draft = new AtomicReference<>(Draft.of(state));
        this.tokens = tokens;
        this.policy = policy;
        this.committer = committer;
        this.devices = devices;
    }

    /** @param committer stores changes on demand; null if nothing is stored on demand */
    static RequestSession of(SessionState state, TokenCodec tokens, SessionPolicy policy,
            @Nullable SessionCommitter committer) {
        return of(state, tokens, policy, committer, null);
    }

    /**
     * @param committer stores changes on demand; null if nothing is stored on demand
     * @param devices offers to bind the session to a device; null if nothing does
     */
    static RequestSession of(SessionState state, TokenCodec tokens, SessionPolicy policy,
            @Nullable SessionCommitter committer, @Nullable Devices devices) {
        return new RequestSession(state, tokens, policy, committer, devices);
    }

    /** The session of a request that is handled although the store cannot be reached. */
    static RequestSession unavailable(TokenCodec tokens, SessionPolicy policy) {
        return new RequestSession(SessionState.NONE.readOnly(operation -> new SessionStoreException("ImSession." + operation
                + "() was called, but the session store could not be reached and quarkus.imsession.on-store-failure=anonymous"
                + " lets this request only read")), tokens, policy, null, null);
    }

    /** The session as it is stored, read-only: for the answer to a request that is refused. */
    public RequestSession refused() {
        LoadedSession loaded = draft.get().base().loaded();
        SessionState before = loaded == null ? SessionState.NONE : SessionState.of(loaded);
        RequestSession refused = new RequestSession(before.readOnly(SessionCommittedException::inRefusal), tokens, policy,
                null, null);
        refused.proved = proved;
        if (!(commits.untold() instanceof Send sent) || sent.onlyCopy() != null) {
            refused.commits.tellLater(commits.untold());
        }
        return refused;
    }

    /** @param id the session that the request came with, and that it has not, as there is none or its token is not valid */
    RequestSession withoutPresented(Optional<SessionId> id) {
        rejected = id.orElse(null);
        return this;
    }

    /** @param session the session that the request came with a superseded token of, and that it has not */
    RequestSession withReplayed(LoadedSession session) {
        replayed = session;
        return this;
    }

    /** Whether the token that the request came with was superseded, which the journal has to be told. */
    public boolean isReplayed() {
        return replayed != null;
    }

    @Nullable
    LoadedSession replayed() {
        return replayed;
    }

    /** The session that the request came with, even if it does not exist; null if it came with none. */
    @Nullable
    SessionId presented() {
        LoadedSession loaded = draft.get().base().loaded();
        return loaded != null ? loaded.token().id() : rejected;
    }

    /** @param response the response to the request; it is asked before and after commits */
    public void answeredBy(Answer response) {
        answer = response;
    }

    Answer answer() {
        return answer;
    }

    /** Passes the session to a marker: now, if there is one, and each time that one is made later. */
    public void mark(SessionMarker marker) {
        Consumer<ImSession> begun = marker.begin();
        this.marker = begun;
        if (exists()) {
            begun.accept(this);
        }
    }

    private SessionState seen() {
        return draft.get().seen();
    }

    @Override
    public SessionData data() {
        if (ChangeFunction.isFor(this)) {
            throw new IllegalStateException(
                    "ImSession.data() was called in a function that is to change the same session: its data lacks"
                            + " what other requests store meanwhile, so their changes would be lost. Use the argument of the"
                            + " function");
        }
        return seen().dataOrEmpty();
    }

    @Override
    public boolean exists() {
        return seen().exists();
    }

    @Override
    public Optional<SessionId> id() {
        return Optional.ofNullable(seen().id());
    }

    @Override
    public Optional<Instant> createdAt() {
        return Optional.ofNullable(seen().stored()).map(StoredSession::createdAt);
    }

    @Override
    public Optional<Instant> authenticatedAt() {
        return AuthenticationTime.of(seen());
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
        return !left.isNegative() && AuthenticationTime.isFresh(seen(), left);
    }

    @Override
    public Optional<Instant> expiresAt() {
        return Optional.ofNullable(seen().stored()).map(StoredSession::expiresAt);
    }

    @Override
    public boolean deviceBound() {
        SessionId known = proved;
        return known != null && known.equals(seen().id());
    }

    /** @param id the session to whose device this request belongs */
    void fromDevice(SessionId id) {
        proved = id;
    }

    /** The offer to bind the session to the device of the client, if this request has stored one; else null. */
    public @Nullable DeviceOffer offer() {
        DeviceOffer made = offer;
        if (made == null) {
            return null;
        }
        LoadedSession stored = draft.get().settled().base().loaded();
        return stored != null && made.isKeptIn(stored.stored().attributes().get(Attributes.DEVICE)) ? made : null;
    }

    @Override
    public Optional<String> principal() {
        return Optional.ofNullable(login()).map(Login::principal);
    }

    /** The log-in of the user, or null if no user is logged in. */
    public @Nullable Login login() {
        return Login.of(seen());
    }

    @Override
    public void set(SessionData data) {
        Objects.requireNonNull(data, "data");
        SessionData seen = seen().dataOrEmpty();
        SessionToken made = newToken();
        change("set", current -> {
            FieldReads reads = current.readsOrNew();
            SessionData before = current.dataOrEmpty();
            SessionData after = reads.set(before, seen, data);
            check(after, before, SessionFlash.size(current));
            return with(current, reads, after, made);
        });
    }

    @Override
    public void update(UnaryOperator<SessionData> change) {
        Objects.requireNonNull(change, "change");
        SessionToken made = newToken();
        change("update", current -> {
            SessionData before = current.dataOrEmpty();
            FieldReads reads = current.readsOrNew();
            SessionData after = Objects.requireNonNull(
                    reads.apply(before, data -> ChangeFunction.call(this, change, data)),
                    "The function given to ImSession.update() returned null. To end the session call destroy()");
            if (after.equals(before)) {
                return current.withReads(reads);
            }
            check(after, before, SessionFlash.size(current));
            return with(current, reads, after, made);
        });
    }

    @Override
    public void login(SecurityIdentity identity) {
        if (Objects.requireNonNull(identity, "identity").isAnonymous()) {
            throw new IllegalArgumentException("ImSession.login() was called with an anonymous identity. Give it the one that"
                    + " IdentityProviderManager.authenticate() returned for the credentials of the user;"
                    + " to log out call destroy()");
        }
        if (identity.getAttribute(ACTED_BY) != null) {
            throw new IllegalStateException(
                    "ImSession.login() was called with the identity of a user for whom somebody acts, which"
                            + " is no log-in of that user: give it the one that IdentityProviderManager.authenticate() returned for the"
                            + " credentials of the user");
        }
        Login current = login();
        SecurityIdentity present = authenticated;
        String name = identity.getPrincipal().getName();
        if (current != null && !current.by().equals(Login.BY_APPLICATION) && current.principal().equals(name)
                && present != null && identity.getPrincipal() == present.getPrincipal()) {
            // The application confirms the log-in of a mechanism, which stays one of that mechanism.
            String attribute = current.credentials();
            String credentials = attribute == null ? "" : Objects.requireNonNullElse(seen().attribute(attribute), "");
            login(Login.of(name, identity.getRoles(), current.by(), current.subject(), current.references()), id -> credentials,
                    authenticatedAt().orElse(null));
        } else {
            login(name, identity.getRoles());
        }
    }

    /** @param identity the user of this request, as its mechanism has authenticated it */
    public void authenticatedAs(SecurityIdentity identity) {
        authenticated = identity;
    }

    /** @param identity the user of this session, as the application sees it */
    public void authenticatedBySession(SecurityIdentity identity) {
        authenticatedBySession = identity;
    }

    @Override
    public void login(String principal, Set<String> roles) {
        login(Login.of(principal, roles));
    }

    /** Logs a user in now, by a log-in that needs no attribute, see {@link Login#credentials()}. */
    public void login(Login login) {
        login(login, id -> "", null);
    }

    /**
     * Logs a user in, as {@link ImSession#login(String, Set)} does.
     *
     * @param credentials makes the text of the attribute that the log-in needs, see {@link Login#credentials()}, for the
     *        session that it is kept in; may be called several times
     * @param authenticated when the user was authenticated; null for now
     */
    public void login(Login login, Function<SessionId, String> credentials, @Nullable Instant authenticated) {
        loginAt(login, credentials, authenticated == null ? null : AuthenticationTime.encode(authenticated));
    }

    /**
     * Logs a user in who was logged in before there were sessions.
     *
     * @param authenticated when the user was authenticated; null if nobody knows
     */
    public void takeOver(Login login, Function<SessionId, String> credentials, @Nullable Instant authenticated) {
        loginAt(login, credentials,
                authenticated == null ? AuthenticationTime.UNKNOWN : AuthenticationTime.encode(authenticated));
    }

    private void loginAt(Login login, Function<SessionId, String> credentials, @Nullable String authenticated) {
        SessionToken next = next();
        SessionToken made = newToken();
        change("login", current -> {
            SessionState after = loggedIn(current, login, next, made);
            String name = login.credentials();
            after = name == null ? after : after.with(name, credentials.apply(after.id()));
            return authenticated == null ? after : after.withAuthentication(authenticated);
        });
    }

    /**
     * The token that the response will tell the client; null if it will tell none.
     */
    public @Nullable String tokenToTell() {
        return commits.untold() instanceof Send send ? send.token() : null;
    }

    /** Other requests of the client can have the token too, so the session stays although this response does not arrive. */
    public void othersHaveToken() {
        commits.tellOnlyOneOfSeveral();
    }

    /** Whether a user was logged in when the session was loaded or stored last, without changes of this request. */
    public boolean wasLoggedIn() {
        return Login.of(draft.get().base()) != null;
    }

    /**
     * Goes on with the session that another request of the same client has made or renewed meanwhile, and tells its token too.
     * This session stays if the request has changed it already, unless it has ended, or if its response has begun.
     *
     * @return a stage that has whether there is still a session with that token
     */
    public CompletionStage<Boolean> goOnWith(String text, GuardedStore store) {
        SessionToken token = tokens.decode(text);
        return token == null ? CompletableFuture.completedStage(false) : store.load(token.id()).thenApply(stored -> {
            if (stored == null || stored.isReplaced()) {
                return false;
            }
            LoadedSession other = new LoadedSession(token, stored.token().check(token.hash(), stored.now()), stored);
            if (other.check().isValid()) {
                goOnWith(other);
            }
            return other.check().isValid();
        });
    }

    private void goOnWith(LoadedSession other) {
        Draft before = draft.get();
        if (before.canGoOnWithOther() && phase == Phase.OPEN
                && draft.compareAndSet(before, before.goOnWith(SessionState.of(other)))) {
            commits.tellLater(other.told(tokens));
            Consumer<ImSession> begun = marker;
            if (begun != null) {
                begun.accept(this);
            }
        }
    }

    /**
     * Drops what a log-in needs. The user has to log in again, and then keeps the data. Does nothing if there is no session,
     * and if another request has stored something else there since this one was loaded. A log-in later in this request cancels
     * it.
     *
     * @param attribute see {@link Login#credentials()}
     */
    public void dropCredentials(String attribute) {
        if (seen().attribute(attribute) != null) {
            replace("dropCredentials", attribute, "");
        }
    }

    /** Sets an attribute of the session. Does nothing if there is none. */
    public void attribute(String name, String text) {
        change("attribute", current -> current.exists() ? current.with(name, text) : current);
    }

    /**
     * Replaces what a log-in needs. Does nothing if there is no session, and if another request has stored something else there
     * since this one was loaded.
     *
     * @param attribute see {@link Login#credentials()}
     */
    public void replaceCredentials(String attribute, String text) {
        replace("replaceCredentials", attribute, text);
    }

    private void replace(String operation, String attribute, String text) {
        String before = storedAttribute(attribute);
        change(operation, current -> {
            StoredSession stored = current.stored();
            boolean isSame = stored == null || Objects.equals(stored.attributes().get(attribute), before);
            return current.exists() && isSame ? current.with(attribute, text) : current;
        });
    }

    /**
     * The text of an attribute of the session as it was loaded or stored last, without changes of this request; null if absent.
     */
    public @Nullable String storedAttribute(String name) {
        LoadedSession loaded = draft.get().base().loaded();
        return loaded == null ? null : loaded.stored().attributes().get(name);
    }

    /**
     * Gives a session without a log-in to a user of a mechanism that keeps log-ins on its own. If it had another one, it ends.
     *
     * @param owner the mechanism, a space, and the name of the user
     * @param renew whether it gets a new token if it had no user
     */
    public void own(String owner, boolean renew) {
        String before = seen().attribute(Attributes.OWNER);
        if (before == null || before.isEmpty()) {
            SessionToken next = renew ? next() : null;
            change("renew", current -> !current.exists() ? current
                    : (renew ? renewed(current, next) : current).with(Attributes.OWNER, owner));
        } else if (!before.equals(owner)) {
            destroy();
        }
    }

    private SessionState loggedIn(SessionState current, Login login, @Nullable SessionToken next,
            @Nullable SessionToken made) {
        if (!policy.logins()) {
            throw new IllegalStateException("ImSession.login() was called, but the next request would not be authenticated:"
                    + " build with quarkus.imsession.security.enabled=true");
        }
        Login owner = Login.owner(current);
        // Whoever acts for a user must not take what that session has along, nor leave it to the user.
        SessionState before = login.follows(owner) && isOfUserOrNobody(current, login) && !Acting.isIn(current)
                ? withoutCredentials(current, owner)
                : current.destroyed();
        FieldReads reads = before.readsOrNew();
        SessionData data = reads.apply(before.dataOrEmpty(), fields -> login.after(owner, fields));
        String text = login.encode();
        check(data, before.dataOrEmpty(), Utf8.length(text) + SessionFlash.size(before));
        SessionState after = with(before, reads, data, made).with(Attributes.LOGIN, text);
        // The device of a session that nobody was logged in to may be that of whoever has planted it.
        return renewed(devices == null || owner != null ? after : after.with(Attributes.DEVICE, ""), next);
    }

    /** Names of users may have spaces, those of mechanisms have none: see {@link #own}. */
    private static boolean isOfUserOrNobody(SessionState current, Login login) {
        String other = current.attribute(Attributes.OWNER);
        if (other == null || other.isEmpty()) {
            return true;
        }
        int space = other.indexOf(' ');
        return space >= 0 && other.substring(space + 1).equals(login.principal());
    }

    private static SessionState withoutCredentials(SessionState current, @Nullable Login owner) {
        String name = owner == null ? null : owner.credentials();
        return name == null ? current : current.with(name, "");
    }

    @Override
    public void actAs(SecurityIdentity user, String reason) {
        if (Objects.requireNonNull(user, "user").isAnonymous()) {
            throw new IllegalArgumentException(
                    "ImSession.actAs() was called with an anonymous identity. Give it that of the user,"
                            + " for example as IdentityProviderManager.authenticate(new TrustedAuthenticationRequest(name)) returns it");
        }
        actAs(user.getPrincipal().getName(), user.getRoles(), reason);
    }

    @Override
    public void actAs(String user, Set<String> roles, String reason) {
        ActingRules rules = policy.acting();
        rules.checkOn();
        Login.check("actAs", user, roles);
        ActingRules.checkReason(reason);
        SessionToken next = next();
        change("actAs", current -> {
            Login own = Login.of(current);
            Login acted = own == null ? Login.of(user, roles) : Login.acted(user, roles, own);
            rules.check(own, own == null ? Set.of() : presentRoles(own), acted);
            StoredSession stored = current.stored();
            if (stored == null) {
                throw new IllegalStateException("ImSession.actAs() was called in a session that this request has made: store it"
                        + " by ImSession.commit() before");
            }
            Acting acting = new Acting(Objects.requireNonNull(own).principal(), reason, stored.now().plus(rules.timeout()));
            FieldReads reads = current.readsOrNew();
            // Whatever parallel requests store for the user who acts would be left to the other one, so it counts as read.
            SessionData data = reads.apply(current.dataOrEmpty(), fields -> acted.after(null, SessionData.empty()));
            check(data, SessionData.empty(), Utf8.length(acted.encode()) + Utf8.length(acting.encode()));
            return renewed(current.withReads(reads).withData(data)
                    .with(withoutOthers(current, acted.encode(), acting.encode())), next);
        });
    }

    /**
     * The attributes of a session whose user acts for another one: of the rest, only those of the client and its device stay.
     */
    private static Map<String, String> withoutOthers(SessionState current, String login, String acting) {
        Map<String, String> attributes = new HashMap<>();
        Objects.requireNonNull(current.stored()).attributes().keySet().forEach(name -> attributes.put(name, ""));
        current.attributes().keySet().forEach(name -> attributes.put(name, ""));
        attributes.keySet().removeAll(Set.of(Attributes.USER_AGENT, Attributes.ADDRESS, Attributes.DEVICE));
        attributes.put(Attributes.LOGIN, login);
        attributes.put(Attributes.ACTING, acting);
        return attributes;
    }

    /**
     * The roles that the user of the session has in this request, where the application may have given or taken some.
     *
     * @throws ForbiddenException if the request has another user than its session
     */
    private Set<String> presentRoles(Login own) {
        SecurityIdentity present = authenticated;
        if (present == null) {
            return own.roles();
        }
        SecurityIdentity ofSession = authenticatedBySession;
        if (present.getPrincipal().getName().equals(own.principal())
                || ofSession != null && present.getPrincipal() == ofSession.getPrincipal()) {
            return present.getRoles();
        }
        throw new ForbiddenException("ImSession.actAs() was called in a request of another user than that of its session");
    }

    @Override
    public void endActing() {
        change("endActing", current -> Acting.isIn(current) ? current.destroyed() : current);
    }

    @Override
    public Optional<String> actor() {
        return Optional.ofNullable(login()).map(Login::actor);
    }

    @Override
    public void destroy() {
        change("destroy", SessionState::destroyed);
    }

    @Override
    public void renew() {
        SessionToken next = next();
        change("renew", current -> renewed(current, next));
    }

    /** The next token of the loaded session, if any. A change that is repeated keeps it, as CSRF tokens depend on it. */
    private @Nullable SessionToken next() {
        LoadedSession loaded = seen().loaded();
        return loaded == null ? null : tokens.renew(loaded.token());
    }

    /** @param next the next token of the session that was loaded when the change was made: a commit may have replaced it */
    private SessionState renewed(SessionState current, @Nullable SessionToken next) {
        if (!current.isLoaded()) {
            return offered(current.renewed(null));
        }
        SessionToken token = current.loaded().token();
        return offered(current.renewed(next != null && next.id().equals(token.id()) ? next : tokens.renew(token)));
    }

    /** Offers to bind the session to the device of the client, unless it is bound. */
    private SessionState offered(SessionState renewed) {
        return devices == null || DeviceBinding.isInForce(renewed.attribute(Attributes.DEVICE)) ? renewed
                : renewed.with(Attributes.DEVICE,
                        madeOffer(devices).kept(renewed.isLoaded() ? renewed.loaded().stored().now() : null));
    }

    /** A change that is repeated keeps its offer. */
    private synchronized DeviceOffer madeOffer(Devices maker) {
        DeviceOffer made = offer != null ? offer : maker.offer();
        offer = made;
        return made;
    }

    /** The token of the session that a change makes, if there is none. A change that is repeated keeps it. */
    private @Nullable SessionToken newToken() {
        return exists() ? null : tokens.generate();
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
        SessionState current = seen();
        return current.exists() ? Attributes.text(current.attribute(Attributes.LABEL)) : Optional.empty();
    }

    @Override
    public synchronized Flash flash() {
        if (flash == null) {
            flash = new SessionFlash(this::seen, this::change, tokens, policy);
        }
        return flash;
    }

    @Override
    public Csrf csrf() {
        return new SessionCsrf(this::seen, tokens);
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

    @Override
    public Uni<SessionData> commit() {
        checkNotWithin("commit");
        // Another request may let this commit go on, in its own context.
        return Uni.createFrom().deferred(() -> store().emitOn(Contexts.ofCaller()));
    }

    /** Begins to store at once. */
    private Uni<SessionData> store() {
        CompletableFuture<SessionState> stored = committer().commit(this).toCompletableFuture();
        return Uni.createFrom().completionStage(stored.copy()).onCancellation()
                .invoke(() -> stored.whenComplete((state, failure) -> commits.failedUnnoticed(failure)))
                .map(SessionState::dataOrEmpty);
    }

    @Override
    public SessionData commitAndAwait() {
        if (!Infrastructure.canCallerThreadBeBlocked()) {
            throw new IllegalStateException(
                    "ImSession.commitAndAwait() was called on an event loop, which must not wait for the"
                            + " store: return the Uni of commit(), or annotate the endpoint with @Blocking");
        }
        checkNotWithin("commitAndAwait");
        try {
            return store().await().indefinitely();
        } catch (CompletionException e) {
            if (e.getCause() instanceof Error error) {
                // Mutiny wraps errors, such as that of a function which is called again.
                throw error;
            }
            throw e;
        }
    }

    private SessionCommitter committer() {
        checkNotWithin("commit");
        Function<String, SessionException> obstacle = seen().obstacle();
        if (obstacle != null) {
            throw obstacle.apply("commit");
        }
        return Objects.requireNonNull(committer);
    }

    /** The session, if the application has changed nothing; else null. */
    @Nullable
    SessionState unchanged() {
        Draft current = draft.get();
        return current.made() == 0 && commits.untold() == CommitResult.KEEP && commits.last() == null ? current.base() : null;
    }

    RequestCommits commits() {
        return commits;
    }

    /**
     * The place of a commit after all commits before it. It stores the changes that were made up to now.
     *
     * @param over completed when the commit is over
     */
    synchronized Place place(CompletionStage<?> over) {
        SessionFlash read = flash;
        return new Place(commits.add(over), draft.get().made(), phase == Phase.OPEN, read == null ? Map.of() : read.taken());
    }

    /** Refuses changes that need a cookie from now on, as the response begins. */
    synchronized void begin(boolean upgrade) {
        if (upgrade) {
            upgradedAt = System.nanoTime();
            // A socket lives longer than the objects of its handshake.
            answer = Answer.NONE;
        }
        phase = upgrade ? Phase.UPGRADED : Phase.BEGUN;
    }

    /**
     * The place of a commit in the order of commits.
     *
     * @param before completed when the commit before it is over; null if there is none
     * @param lastChange the number of the last change that it stores
     * @param canTell whether the response has not begun, so that the client can get a token
     * @param taken the flash values that were read before it, as JSON by names
     */
    record Place(@Nullable CompletionStage<?> before, long lastChange, boolean canTell, Map<String, String> taken) {
    }

    /** Logs an error if changes are left that nothing will store, as the response or the socket is over. */
    public void logUncommitted() {
        CompletionStage<?> last = commits.last();
        if (last != null) {
            last.whenComplete((result, failure) -> logWaiting());
        } else {
            logWaiting();
        }
    }

    private void logWaiting() {
        if (phase != Phase.OPEN && draft.get().waiting() != null) {
            UNCOMMITTED.log(
                    "Session %s was changed after its response had begun, or in a WebSocket, and the change was not"
                            + " stored: call ImSession.commit(), and return its Uni or subscribe to it",
                    seen().id());
        }
    }

    /**
     * The draft whose changes up to a number are handed to a commit.
     *
     * @param lastChange the number of the last one
     */
    Draft beginCommit(long lastChange) {
        return draft.updateAndGet(current -> current.settled().handedOver(lastChange));
    }

    /** @param stored computes the session as it is stored after a commit */
    void endCommit(Supplier<SessionState> stored) {
        draft.updateAndGet(current -> current.committed(stored));
    }

    /** Drops the changes of a commit, none of which was stored. */
    void dropCommit() {
        draft.updateAndGet(Draft::withoutCommitting);
    }

    /** Lets the draft begin with what the last commit has stored. */
    void settle() {
        draft.updateAndGet(Draft::settled);
    }

    /** @param taken the flash values that a commit has removed from the session: they are gone for this request too */
    void forget(Map<String, String> taken) {
        SessionFlash read = flash;
        if (read != null) {
            read.forget(taken);
        }
    }

    /** What the client must be told when the response begins, of commits before it. */
    public CommitResult untold() {
        return commits.untold();
    }

    private SessionState with(SessionState current, FieldReads reads, SessionData data, @Nullable SessionToken made) {
        return current.withData(data, reads, current.exists() || made != null ? made : tokens.generate());
    }

    /** @param more the size of other values to store beside the data, in bytes */
    private void check(SessionData data, SessionData before, long more) {
        policy.checkSize(data, more);
        policy.checkFields(data, before);
    }

    private void change(String operation, UnaryOperator<SessionState> change) {
        checkNotWithin(operation);
        if (phase != Phase.OPEN) {
            if (phase == Phase.BEGUN && answer.hasEnded()) {
                throw new SessionCommittedException(operation);
            }
            settle();
        }
        Draft before;
        SessionState after;
        do {
            before = draft.get();
            if (phase != Phase.OPEN && before.waits() >= MOST_UNCOMMITTED) {
                throw new IllegalStateException("ImSession." + operation + "() was called after " + MOST_UNCOMMITTED
                        + " changes that are not stored, after the response had begun or in a WebSocket: call"
                        + " ImSession.commit(), and go on when its Uni has completed");
            }
            if (before.seen().obstacle() != null) {
                throw before.seen().obstacle().apply(operation);
            }
            after = change.apply(before.seen());
            if (phase != Phase.OPEN && makesToken(before.seen(), after)) {
                throw phase == Phase.UPGRADED ? SessionCommittedException.inWebSocket(operation)
                        : SessionCommittedException.needsToken(operation);
            }
        } while (!draft.compareAndSet(before, before.and(change, after)));
        if (phase != Phase.OPEN) {
            answer.changedLate();
        }
        Consumer<ImSession> begun = marker;
        if (begun != null && after.madeToken() != null && after.madeToken() != before.seen().madeToken()) {
            begun.accept(this);
        }
    }

    private static void checkNotWithin(String operation) {
        ChangeFunction.checkNotWithin("ImSession." + operation + "()");
    }

    private static boolean makesToken(SessionState before, SessionState after) {
        return after.madeToken() != null && after.madeToken() != before.madeToken()
                || after.renewedToken() != null && after.renewedToken() != before.renewedToken();
    }
}
