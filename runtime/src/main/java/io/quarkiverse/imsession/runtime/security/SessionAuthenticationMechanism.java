package io.quarkiverse.imsession.runtime.security;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.quarkiverse.imsession.runtime.login.Bridge;
import io.quarkiverse.imsession.runtime.login.FreshLogin;
import io.quarkiverse.imsession.runtime.login.OtherMechanisms;
import io.quarkiverse.imsession.runtime.login.SessionLogins;
import io.quarkiverse.imsession.runtime.login.SessionMechanism;
import io.quarkiverse.imsession.runtime.session.CurrentSession;
import io.quarkiverse.imsession.runtime.session.Login;
import io.quarkiverse.imsession.runtime.session.RequestSession;
import io.quarkus.arc.All;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.quarkus.vertx.http.runtime.security.HttpCredentialTransport;
import io.quarkus.vertx.http.runtime.security.HttpSecurityUtils;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;

/**
 * Authenticates a request as the user that has logged in to its session. It comes after the other mechanisms: credentials that
 * the request itself carries take precedence over its session, and the other mechanisms have better challenges.
 */
@Singleton
public class SessionAuthenticationMechanism implements HttpAuthenticationMechanism, SessionMechanism, SessionLogins {

    private static final String SCHEME = "session";
    private static final int PRIORITY = DEFAULT_PRIORITY / 2;

    private final List<Bridge> bridges;

    SessionAuthenticationMechanism(@All List<Bridge> bridges) {
        this.bridges = bridges.stream().sorted(Comparator.comparingInt(Bridge::priority).reversed()).toList();
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager identities) {
        Login login = login(context);
        return login == null ? Uni.createFrom().nullItem() : authenticate(context, login, identities);
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, Login login, IdentityProviderManager identities) {
        Bridge bridge = bridge(login);
        Uni<SecurityIdentity> authenticated = bridge == null ? null : bridge.authenticate(context, login, identities);
        if (authenticated == null) {
            authenticated = identities.authenticate(
                    HttpSecurityUtils.setRoutingContextAttribute(new SessionAuthenticationRequest(login), context));
        }
        return authenticated.onItem().ifNotNull().invoke(identity -> {
            Renamed.keep(context, login.principal(), identity.getPrincipal().getName());
            RequestSession session = CurrentSession.of(context);
            if (session != null) {
                session.authenticatedBySession(identity);
            }
            OtherMechanisms.authenticatedBySession(context);
            if (bridge != null) {
                bridge.authenticated(context);
            }
        });
    }

    /** The bridge of the mechanism by which a user has logged in; null if there is none. */
    private @Nullable Bridge bridge(Login login) {
        for (int i = 0; i < bridges.size(); i++) {
            if (bridges.get(i).is(login.by())) {
                return bridges.get(i);
            }
        }
        return null;
    }

    /** Whether an identity is that of the user in the session, even if an augmentor has given it another name. */
    static boolean isOf(String principal, SecurityIdentity identity, RoutingContext context) {
        String name = identity.getPrincipal().getName();
        return !identity.isAnonymous()
                && (principal.equals(name) || new Renamed(principal, name).equals(context.get(Renamed.KEY)));
    }

    /**
     * Makes this mechanism send the challenge. A log-in with another mechanism would not make the log-in of the session recent,
     * and could send browsers into an endless redirect.
     */
    void challengeAsStale(RoutingContext context, Duration within) {
        FreshLogin.ask(context, within);
        context.put(HttpAuthenticationMechanism.class.getName(), this);
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        Duration within = FreshLogin.within(context);
        if (within == null) {
            return orRefused(bridges.isEmpty() ? null : bridges.get(0).challenge(context),
                    new ChallengeData(HttpResponseStatus.UNAUTHORIZED.code(), null, null));
        }
        Login login = login(context);
        Bridge bridge = login == null ? null : bridge(login);
        return orRefused(bridge == null ? null : bridge.freshChallenge(context, within),
                new ChallengeData(HttpResponseStatus.UNAUTHORIZED.code(), HttpHeaderNames.WWW_AUTHENTICATE,
                        SCHEME + " error=\"insufficient_user_authentication\", max_age=\"" + within.toSeconds() + '"'));
    }

    private static Uni<ChallengeData> orRefused(@Nullable Uni<ChallengeData> challenge, ChallengeData refused) {
        return challenge == null ? Uni.createFrom().item(refused) : challenge.onItem().ifNull().continueWith(refused);
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return Set.of(SessionAuthenticationRequest.class);
    }

    @Override
    public Uni<HttpCredentialTransport> getCredentialTransport(RoutingContext context) {
        return Uni.createFrom().item(new HttpCredentialTransport(HttpCredentialTransport.Type.COOKIE, SCHEME));
    }

    @Override
    public int getPriority() {
        return PRIORITY;
    }

    /** The log-in of the session; null if no user is logged in, or if the request has no session. */
    private static @Nullable Login login(RoutingContext context) {
        RequestSession session = CurrentSession.of(context);
        return session == null ? null : session.login();
    }

    /** The name of the user of a session, and the name that an augmentor gave the identity in this request. */
    private record Renamed(String principal, String name) {

        static final String KEY = Renamed.class.getName();

        static void keep(RoutingContext context, String principal, String name) {
            if (!principal.equals(name)) {
                context.put(KEY, new Renamed(principal, name));
            }
        }
    }
}
