package io.quarkiverse.imsession.runtime.login;

import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;

import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;
import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.runtime.http.OldCookies;
import io.quarkiverse.imsession.runtime.log.LimitedLog;
import io.quarkiverse.imsession.runtime.session.CurrentSession;
import io.quarkiverse.imsession.runtime.session.Login;
import io.quarkiverse.imsession.runtime.session.RequestSession;
import io.quarkus.security.AuthenticationCompletionException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.security.identity.request.TrustedAuthenticationRequest;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.quarkus.vertx.http.runtime.security.HttpCredentialTransport;
import io.quarkus.vertx.http.runtime.security.HttpCredentialTransport.Type;
import io.quarkus.vertx.http.runtime.security.HttpSecurityUtils;
import io.quarkus.vertx.http.runtime.security.PersistentLoginManager;
import io.quarkus.vertx.http.runtime.security.PersistentLoginManager.RestoreResult;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;

/**
 * Takes the place of a mechanism of Quarkus whose log-ins sessions keep, where a path asks for that mechanism alone: it would
 * not know its users, as it has no cookie any more.
 */
public abstract class StandIn implements HttpAuthenticationMechanism, SessionMechanism {

    private static final LimitedLog NO_SESSION = new LimitedLog(Logger.getLogger("io.quarkiverse.imsession"), Level.ERROR);

    private final Bridge bridge;
    private final List<Bridge> all;
    private final SessionLogins logins;
    private final TakeOver takeOver;
    private final String scheme;
    private final String cookie;

    /**
     * @param all the bridges of all mechanisms
     * @param scheme the name by which paths ask for the mechanism
     * @param cookie the name of the cookie that the mechanism has set in former times
     */
    protected StandIn(Bridge bridge, List<Bridge> all, SessionLogins logins, TakeOver takeOver, String scheme,
            String cookie) {
        this.bridge = bridge;
        this.all = all;
        this.logins = logins;
        this.takeOver = takeOver;
        this.scheme = scheme;
        this.cookie = cookie;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager identities) {
        RequestSession session = CurrentSession.of(context);
        if (session == null) {
            return withoutSession(context);
        }
        if (all.stream().anyMatch(other -> other.isLogIn(context))) {
            return Uni.createFrom().nullItem();
        }
        Login login = session.login();
        return login == null ? takeOver(context, session, identities) : authenticate(context, login, identities);
    }

    private Uni<SecurityIdentity> authenticate(RoutingContext context, @Nullable Login login,
            IdentityProviderManager identities) {
        return login != null && bridge.is(login.by()) ? logins.authenticate(context, login, identities)
                : Uni.createFrom().nullItem();
    }

    /** Makes a session of a cookie that the mechanism has set in former times, if that is allowed. */
    private Uni<SecurityIdentity> takeOver(RoutingContext context, RequestSession session,
            IdentityProviderManager identities) {
        String value = takeOver.isOn() ? OldCookies.of(context, cookie) : null;
        if (value == null) {
            return Uni.createFrom().nullItem();
        }
        RestoreResult user = OldCookies.show(context, cookie, value, () -> oldLogIns().restore(context, cookie));
        if (user == null) {
            // It is damaged, expired, or was encrypted by another key.
            OldCookies.done(context, cookie::equals);
            return Uni.createFrom().nullItem();
        }
        // The decoder of the mechanism reads different texts as the same bytes, of which all are authenticated.
        OldCookie old = new OldCookie(value, Base64.getDecoder().decode(value), cookie::equals, OldCookie.LONGEST);
        return takeOver.begin(context, session, old).chain(begun -> switch (begun) {
            case OURS -> takeOver(context, user.getPrincipal(), identities);
            case DONE -> authenticate(context, session.login(), identities);
            case REFUSED -> Uni.createFrom().nullItem();
        });
    }

    private Uni<SecurityIdentity> takeOver(RoutingContext context, String user, IdentityProviderManager identities) {
        return identities
                .authenticate(HttpSecurityUtils.setRoutingContextAttribute(new TrustedAuthenticationRequest(user), context))
                .call(identity -> takeOver.finish(context, logIn(user, identity), id -> "", null, oldTimeout()))
                .onFailure().call(reason -> takeOver.fail(context, reason))
                .invoke(() -> {
                    OtherMechanisms.authenticatedBySession(context);
                    bridge.authenticated(context);
                });
    }

    /** Reads the cookies that the mechanism has set in former times. */
    protected abstract PersistentLoginManager oldLogIns();

    /** How long such a cookie is valid at most. */
    protected abstract Duration oldTimeout();

    /**
     * The log-in that a session has of a user of the mechanism.
     *
     * @param user the name in the cookie
     * @param identity that of the user, which the application may have changed
     */
    protected abstract Login logIn(String user, SecurityIdentity identity);

    /** Keeps the mechanism from log-ins that no session has. */
    private Uni<SecurityIdentity> withoutSession(RoutingContext context) {
        if (bridge.isLogIn(context) && !takeOver.isLeftToMechanism(context)) {
            NO_SESSION.log("A user cannot log in on a path without sessions: let quarkus.imsession.include-paths and"
                    + " quarkus.imsession.exclude-paths include %s", context.normalizedPath());
            return Uni.createFrom().failure(new AuthenticationCompletionException("The path has no sessions"));
        }
        return Uni.createFrom().nullItem();
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return bridge.challenge(context);
    }

    /** None for a log-in, and while the mechanism keeps log-ins in its cookies: the mechanism itself is asked then. */
    @Override
    public Uni<HttpCredentialTransport> getCredentialTransport(RoutingContext context) {
        return bridge.isLogIn(context) || takeOver.isLeftToMechanism(context) ? Uni.createFrom().nullItem()
                : Uni.createFrom().item(new HttpCredentialTransport(Type.COOKIE, scheme));
    }

    /** It needs no provider of identities of its own. */
    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return Set.of();
    }

    /** Before the mechanism. */
    @Override
    public int getPriority() {
        return bridge.priority() + 1;
    }
}
