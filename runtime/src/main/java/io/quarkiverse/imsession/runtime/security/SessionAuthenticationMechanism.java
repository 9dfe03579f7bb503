package io.quarkiverse.imsession.runtime.security;

import java.time.Duration;
import java.util.Set;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.runtime.session.Login;
import io.quarkiverse.imsession.runtime.session.RequestSession;
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
 * Knows whom the session of a request has logged in. It comes after the other mechanisms: credentials that a request carries
 * itself count more than those that its session remembers, and the others know better how to ask for a log-in.
 */
@Singleton
public class SessionAuthenticationMechanism implements HttpAuthenticationMechanism {

    private static final String SCHEME = "session";
    private static final String STALE = SessionAuthenticationMechanism.class.getName() + ".stale";
    private static final int PRIORITY = DEFAULT_PRIORITY / 2;

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager identities) {
        Login login = login(context);
        return login == null ? Uni.createFrom().nullItem()
                : identities.authenticate(
                        HttpSecurityUtils.setRoutingContextAttribute(new SessionAuthenticationRequest(login), context))
                        .onItem().ifNotNull()
                        .invoke(identity -> Renamed.keep(context, login.principal(), identity.getPrincipal().getName()));
    }

    /** Whether an identity is that of a user whom the session has logged in, whatever an augmentor has named it. */
    static boolean isOf(String principal, SecurityIdentity identity, RoutingContext context) {
        String name = identity.getPrincipal().getName();
        return !identity.isAnonymous()
                && (principal.equals(name) || new Renamed(principal, name).equals(context.get(Renamed.KEY)));
    }

    /**
     * Makes this mechanism the one to answer: a log-in with any other would make no session fresh, and might send browsers
     * round in circles.
     */
    void challengeAsStale(RoutingContext context, Duration within) {
        context.put(STALE, within);
        context.put(HttpAuthenticationMechanism.class.getName(), this);
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        Duration within = context.get(STALE);
        return Uni.createFrom().item(within == null ? new ChallengeData(HttpResponseStatus.UNAUTHORIZED.code(), null, null)
                : new ChallengeData(HttpResponseStatus.UNAUTHORIZED.code(), HttpHeaderNames.WWW_AUTHENTICATE,
                        SCHEME + " error=\"insufficient_user_authentication\", max_age=\"" + within.toSeconds() + '"'));
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

    /** Null also where requests have no session. */
    private static @Nullable Login login(RoutingContext context) {
        return context.get(ImSession.class.getName()) instanceof RequestSession session ? session.login() : null;
    }

    /** The user of a session, and the name that an augmentor gave the identity in this request. */
    private record Renamed(String principal, String name) {

        static final String KEY = Renamed.class.getName();

        static void keep(RoutingContext context, String principal, String name) {
            if (!principal.equals(name)) {
                context.put(KEY, new Renamed(principal, name));
            }
        }
    }
}
