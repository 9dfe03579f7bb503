package io.quarkiverse.imsession.runtime.oidc;

import java.time.Duration;
import java.time.Instant;

import jakarta.inject.Singleton;

import io.quarkiverse.imsession.runtime.http.SessionFilter;
import io.quarkiverse.imsession.runtime.login.Bridge;
import io.quarkiverse.imsession.runtime.session.CurrentSession;
import io.quarkiverse.imsession.runtime.session.Login;
import io.quarkiverse.imsession.runtime.session.RequestSession;
import io.quarkus.oidc.runtime.OidcAuthenticationMechanism;
import io.quarkus.oidc.runtime.OidcUtils;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;

/** Keeps log-ins by OIDC in the session. */
@Singleton
public class OidcBridge implements Bridge {

    /** When a user was sent to log in once more, and when that user had come from the provider last, in milliseconds. */
    private static final String ASKED = "@asked-again";
    /** A provider that sends a user back within this time, with a log-in that is too old, is not asked again. */
    private static final Duration ASKED_IN_VAIN = Duration.ofMinutes(1);

    private final OidcAuthenticationMechanism mechanism;

    OidcBridge(OidcAuthenticationMechanism mechanism) {
        this.mechanism = mechanism;
    }

    @Override
    public boolean isOf(HttpAuthenticationMechanism other) {
        return other instanceof OidcAuthenticationMechanism;
    }

    @Override
    public boolean is(String by) {
        return by.startsWith(Login.BY_OIDC);
    }

    /** The mechanism is asked once. It notes that it has found the cookie, unless it has read the answer of the provider. */
    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, Login login, IdentityProviderManager identities) {
        return context.get(OidcUtils.SESSION_COOKIE_NAME) != null || SessionFilter.isAnswer(context.request())
                ? Uni.createFrom().nullItem()
                : mechanism.authenticate(context, identities);
    }

    @Override
    public Uni<ChallengeData> challenge(RoutingContext context) {
        return mechanism.getChallenge(context);
    }

    @Override
    public Uni<ChallengeData> freshChallenge(RoutingContext context, Duration within) {
        RequestSession session = CurrentSession.of(context);
        if (context.request().method() != HttpMethod.GET || context.request().headers().contains(HttpHeaders.AUTHORIZATION)
                || session == null || wasAsked(session)) {
            return Uni.createFrom().nullItem();
        }
        session.attribute(ASKED, System.currentTimeMillis() + " " + loggedIn(session) + " " + authenticated(session));
        return mechanism.getChallenge(context);
    }

    /**
     * Whether the provider has answered since it was asked, without asking the user. A user that went back without an answer
     * may ask again, and so may one that has given the password, as that may be too old once more.
     */
    private static boolean wasAsked(RequestSession session) {
        String asked = session.storedAttribute(ASKED);
        String[] noted = asked == null ? new String[0] : asked.split(" ", -1);
        try {
            return noted.length == 3 && !noted[1].equals(loggedIn(session)) && noted[2].equals(authenticated(session))
                    && Instant.ofEpochMilli(Long.parseLong(noted[0])).plus(ASKED_IN_VAIN).isAfter(Instant.now());
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static String authenticated(RequestSession session) {
        return session.authenticatedAt().map(time -> Long.toString(time.toEpochMilli())).orElse("");
    }

    private static String loggedIn(RequestSession session) {
        Login login = session.login();
        TokenSet tokens = login == null || login.credentials() == null ? null
                : TokenSet.decode(session.storedAttribute(login.credentials()));
        return tokens == null ? "" : Long.toString(tokens.loggedIn());
    }

    @Override
    public int priority() {
        return mechanism.getPriority();
    }
}
