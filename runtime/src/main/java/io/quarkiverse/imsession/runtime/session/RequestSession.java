package io.quarkiverse.imsession.runtime.session;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.Csrf;
import io.quarkiverse.imsession.FieldReads;
import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.SessionCommittedException;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionException;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.SessionStoreException;
import io.quarkiverse.imsession.codec.JsonText;
import io.quarkiverse.imsession.runtime.device.DeviceOffer;
import io.quarkiverse.imsession.runtime.session.CommitResult.Send;
import io.quarkiverse.imsession.runtime.session.SessionCommitter.OnDemand;
import io.quarkiverse.imsession.spi.SessionToken;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;

/**
 * The session of one request, for the application and for the mechanisms that log users in. What becomes of a session is said
 * by pure functions, such as {@link LoginChange}; how the changes are made and stored, by the superclass.
 */
public final class RequestSession extends RequestChanges {

    private final @Nullable SessionCommitter committer;
    /** Null if sessions are not bound to devices. */
    private final @Nullable RequestDevice device;
    private volatile @Nullable SessionId rejected;
    private volatile @Nullable LoadedSession turnedAway;
    private volatile @Nullable SecurityIdentity authenticated;
    private volatile @Nullable SecurityIdentity authenticatedBySession;

    /**
     * @param committer stores changes on demand; null if nothing is stored on demand
     * @param device null if sessions are not bound to devices
     */
    RequestSession(SessionState state, TokenCodec tokens, SessionPolicy policy, @Nullable SessionCommitter committer,
            @Nullable RequestDevice device) {
        super(state, tokens, policy);
        this.committer = committer;
        this.device = device;
    }

    /** The session of a request that is handled although the store cannot be reached. */
    static RequestSession unavailable(TokenCodec tokens, SessionPolicy policy) {
        return new RequestSession(SessionState.NONE.readOnly(operation -> new SessionStoreException("ImSession." + operation
                + "() was called, but the session store could not be reached and quarkus.imsession.on-store-failure=anonymous"
                + " lets this request only read")), tokens, policy, null, null);
    }

    /** The session as it is stored, read-only: for the answer to a request that is refused. */
    public RequestSession refused() {
        LoadedSession loaded = base().loaded();
        SessionState before = loaded == null ? SessionState.NONE : SessionState.of(loaded);
        RequestSession refused = new RequestSession(before.readOnly(SessionCommittedException::inRefusal), tokens, policy,
                null, device == null ? null : device.refused());
        if (!(untold() instanceof Send sent) || sent.onlyCopy() != null) {
            refused.commits().tellLater(untold());
        }
        return refused;
    }

    /**
     * @param id the session that the token of the request names, although it does not exist or the token is not valid; empty if
     *        it names none
     */
    RequestSession withoutPresented(Optional<SessionId> id) {
        rejected = id.orElse(null);
        return this;
    }

    /** @param session the session of the token of the request, which it is refused */
    RequestSession withTurnedAway(LoadedSession session) {
        turnedAway = session;
        return this;
    }

    /**
     * Whether the request came with a token that was superseded, or without the device of its session, which the journal has to
     * be told.
     */
    public boolean isTurnedAway() {
        return turnedAway != null;
    }

    @Nullable
    LoadedSession turnedAway() {
        return turnedAway;
    }

    /** The session that the request came with, even if it does not exist; null if it came with none. */
    @Nullable
    SessionId presented() {
        LoadedSession loaded = base().loaded();
        return loaded != null ? loaded.token().id() : rejected;
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
        SessionState seen = seen();
        Duration left = within.minus(sinceSeen(seen));
        return !left.isNegative() && AuthenticationTime.isFresh(seen, left);
    }

    @Override
    public Optional<Instant> expiresAt() {
        return Optional.ofNullable(seen().stored()).map(StoredSession::expiresAt);
    }

    @Override
    public boolean deviceBound() {
        return device != null && device.isOf(seen().id());
    }

    /** The offer to bind the session to the device of the client, if this request has stored one; else null. */
    public @Nullable DeviceOffer offer() {
        return device == null ? null : device.storedOffer(this);
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
            policy.check(after, before, SessionFlash.size(current));
            return current.withData(after, reads, made, tokens);
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
            policy.check(after, before, SessionFlash.size(current));
            return current.withData(after, reads, made, tokens);
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
        LoginChange logIn = new LoginChange(login, policy, tokens, newToken(), device != null);
        change("login", current -> {
            SessionState after = renewed(logIn.of(current), next);
            String name = login.credentials();
            after = name == null ? after : after.with(name, credentials.apply(after.id()));
            return authenticated == null ? after : after.withAuthentication(authenticated);
        });
    }

    /** Whether a user was logged in when the session was loaded or stored last, without changes of this request. */
    public boolean wasLoggedIn() {
        return Login.of(base()) != null;
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
        LoadedSession loaded = base().loaded();
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
        policy.acting().checkOn();
        Login.check("actAs", user, roles);
        ActingRules.checkReason(reason);
        SessionToken next = next();
        ActingChange acting = new ActingChange(user, roles, reason, policy, this::presentRoles);
        change("actAs", current -> renewed(acting.of(current), next));
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

    private SessionState offered(SessionState renewed) {
        return device == null ? renewed : device.offered(renewed);
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
        Duration checked = SessionPolicy.checkedTimeout(timeout);
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
    public Csrf csrf() {
        return new SessionCsrf(this::seen, tokens);
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
        OnDemand asked = committer().commit(this);
        return Uni.createFrom().completionStage(asked.stored().toCompletableFuture().copy())
                .onCancellation().invoke(asked.commit()::unheard)
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
}
