package io.quarkiverse.imsession.runtime.passkeys;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.runtime.config.ImSessionConfig;
import io.quarkiverse.imsession.runtime.login.Bridge;
import io.quarkiverse.imsession.runtime.session.Login;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.TrustedAuthenticationRequest;
import io.quarkus.security.webauthn.WebAuthnAuthenticationMechanism;
import io.quarkus.security.webauthn.WebAuthnRunTimeConfig;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.quarkus.vertx.http.runtime.security.HttpSecurityUtils;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;

/** Keeps log-ins by passkeys in the session. */
@Singleton
public class PasskeyBridge implements Bridge {

    static final String BY = "passkey";
    private static final String LOCATION = "Location";

    private final Instance<WebAuthnAuthenticationMechanism> mechanism;
    private final int priority;
    private final @Nullable String returnParameter;

    /** @param mechanism may not be there yet when this is made */
    PasskeyBridge(Instance<WebAuthnAuthenticationMechanism> mechanism, WebAuthnRunTimeConfig config,
            ImSessionConfig sessions) {
        this.mechanism = mechanism;
        this.priority = config.priority();
        this.returnParameter = sessions.passkeys().returnParameter().orElse(null);
    }

    @Override
    public boolean isOf(HttpAuthenticationMechanism mechanism) {
        return mechanism instanceof WebAuthnAuthenticationMechanism;
    }

    @Override
    public boolean is(String by) {
        return by.equals(BY);
    }

    /** The roles are not known when a user logs in. */
    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, Login login, IdentityProviderManager identities) {
        return identities.authenticate(
                HttpSecurityUtils.setRoutingContextAttribute(new TrustedAuthenticationRequest(login.principal()), context));
    }

    @Override
    public Uni<ChallengeData> challenge(RoutingContext context) {
        return mechanism().getChallenge(context).map(challenge -> withReturn(challenge, context));
    }

    /** Tells the page of the log-in where the user came from. */
    private ChallengeData withReturn(ChallengeData challenge, RoutingContext context) {
        String page = challenge.getHeaders().get(LOCATION);
        String from = context.request().uri();
        if (returnParameter == null || page == null || context.request().method() != HttpMethod.GET
                || !isOwnPath(from)) {
            return challenge;
        }
        return new ChallengeData(challenge.status, LOCATION,
                page + (page.indexOf('?') < 0 ? '?' : '&') + returnParameter + '='
                        + URLEncoder.encode(from, StandardCharsets.UTF_8));
    }

    /** A URI with two slashes at its beginning would be that of another host. */
    private static boolean isOwnPath(String uri) {
        return uri.startsWith("/") && !uri.startsWith("//") && !uri.startsWith("/\\");
    }

    @Override
    public Uni<ChallengeData> freshChallenge(RoutingContext context, Duration within) {
        return context.request().method() == HttpMethod.GET ? challenge(context) : Uni.createFrom().nullItem();
    }

    WebAuthnAuthenticationMechanism mechanism() {
        return mechanism.get();
    }

    @Override
    public int priority() {
        return priority;
    }
}
