package io.quarkiverse.imsession.runtime.login;

import java.util.List;
import java.util.Set;

import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;

import io.quarkiverse.imsession.runtime.log.LimitedLog;
import io.quarkiverse.imsession.runtime.session.CurrentSession;
import io.quarkiverse.imsession.runtime.session.Login;
import io.quarkiverse.imsession.runtime.session.RequestSession;
import io.quarkus.security.AuthenticationCompletionException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.quarkus.vertx.http.runtime.security.HttpCredentialTransport;
import io.quarkus.vertx.http.runtime.security.HttpCredentialTransport.Type;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.Cookie;
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
    private final String scheme;
    private final String cookie;

    /**
     * @param all the bridges of all mechanisms
     * @param scheme the name by which paths ask for the mechanism
     * @param cookie the name of the cookie that the mechanism has set in former times
     */
    protected StandIn(Bridge bridge, List<Bridge> all, SessionLogins logins, String scheme, String cookie) {
        this.bridge = bridge;
        this.all = all;
        this.logins = logins;
        this.scheme = scheme;
        this.cookie = cookie;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager identities) {
        RequestSession session = CurrentSession.of(context);
        if (session == null) {
            return withoutSession(context);
        }
        Login login = all.stream().anyMatch(other -> other.isLogIn(context)) ? null : session.login();
        return login != null && bridge.is(login.by()) ? logins.authenticate(context, login, identities)
                : Uni.createFrom().nullItem();
    }

    /** Keeps the mechanism from log-ins that no session has. */
    private Uni<SecurityIdentity> withoutSession(RoutingContext context) {
        if (bridge.isLogIn(context)) {
            NO_SESSION.log("A user cannot log in on a path without sessions: let quarkus.imsession.include-paths and"
                    + " quarkus.imsession.exclude-paths include %s", context.normalizedPath());
            return Uni.createFrom().failure(new AuthenticationCompletionException("The path has no sessions"));
        }
        Cookie old = context.request().getCookie(cookie);
        if (old != null) {
            // It is empty for the mechanism, and the browser removes it.
            old.setValue("").setMaxAge(0).setPath("/");
        }
        return Uni.createFrom().nullItem();
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return bridge.challenge(context);
    }

    /** None for a log-in: the mechanism itself is asked then. */
    @Override
    public Uni<HttpCredentialTransport> getCredentialTransport(RoutingContext context) {
        return bridge.isLogIn(context) ? Uni.createFrom().nullItem()
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
