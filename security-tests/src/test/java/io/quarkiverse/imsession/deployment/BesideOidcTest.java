package io.quarkiverse.imsession.deployment;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.restassured.response.Response;
import io.smallrye.jwt.build.Jwt;

/** Browsers are sent to a provider to log in, applications send its tokens; here the identity is only asked for when needed. */
@Tag("further")
class BesideOidcTest extends FreshContract {

    private static final String ISSUER = "https://provider.example";

    @RegisterExtension
    static final TestApp APP = app(LoginResource.class, FreshContract.class, FreshResource.class, FreshService.class,
            FreshRoutes.class, ApiResource.class, ClockedStore.class)
            .config("quarkus.http.auth.proactive", "false")
            .config("quarkus.oidc.application-type", "web-app")
            .config("quarkus.oidc.auth-server-url", ISSUER)
            .config("quarkus.oidc.client-id", "test")
            .config("quarkus.oidc.credentials.secret", "a secret that only tests know of, of 32 characters")
            .config("quarkus.oidc.discovery-enabled", "false")
            .config("quarkus.oidc.authorization-path", "/authorize")
            .config("quarkus.oidc.token-path", "/token")
            .config("quarkus.oidc.jwks-path", "/keys")
            .config("quarkus.oidc.jwks.resolve-early", "false")
            .config("quarkus.oidc.api.tenant-paths", "/api/*")
            .config("quarkus.oidc.api.client-id", "test")
            .config("quarkus.oidc.api.token.issuer", ISSUER)
            .config("quarkus.oidc.api.public-key", Base64.getEncoder().encodeToString(keys().getPublic().getEncoded()));

    /** The session does not keep browsers from being sent to the provider. */
    @Override
    void assertIsChallenge(Response response) {
        assertThat(response.statusCode()).isEqualTo(302);
        assertThat(response.header("Location")).startsWith(ISSUER + "/authorize?");
    }

    @Test
    void sessionNeedsNoProvider() {
        assertIsChallenge(Client.get("/user", null));
        String session = Client.token(Client.get("/login?user=ada&roles=admin", null));
        Client.get("/user", session).then().statusCode(200).body(equalTo("ada"));
        Client.get("/admin", session).then().statusCode(200);
    }

    @Test
    void tokenOfTheRequestCountsMoreThanTheSession() {
        String session = Client.token(Client.get("/login?user=ada", null));
        String token = Jwt.issuer(ISSUER).upn("carl").groups(Set.of("author")).sign(keys().getPrivate());

        Client.get("/api/user", session).then().statusCode(200).body(equalTo("ada"));
        Client.request(session).auth().oauth2(token).get("/api/user").then().statusCode(200).body(equalTo("carl"));
        Client.request(null).auth().oauth2(token).get("/api/user").then().statusCode(200).body(equalTo("carl"));
        Client.request(session).auth().oauth2(token + "x").get("/api/user").then().statusCode(401);
        Client.get("/api/user", null).then().statusCode(401).header("WWW-Authenticate", startsWith("Bearer"));
    }

    @Test
    void cookieOfTheMechanismIsHiddenAndTakenAwayAndTheSessionCounts() {
        String session = Client.token(Client.get("/login?user=ada", null));
        Response response = given().redirects().follow(false)
                .header("Cookie", Client.COOKIE + "=" + session + "; q_session=rubbish").get("/user");
        response.then().statusCode(200).body(equalTo("ada"));
        assertThat(response.headers().getValues("Set-Cookie")).containsExactly("q_session=; Max-Age=0; Path=/");
        Client.get("/user", session).then().statusCode(200).body(equalTo("ada"));
    }

    @Test
    void tokenOfTheRequestIsNotFreshByTheSessionOfAnother() {
        String session = Client.token(Client.get("/login?user=ada", null));
        String token = Jwt.issuer(ISSUER).upn("carl").groups(Set.of("author")).sign(keys().getPrivate());
        assertIsStale(Client.request(session).auth().oauth2(token).get("/api/fresh"));
    }

    @Test
    void tokenOfTheRequestIsNoLogInOfTheSession() {
        String token = Jwt.issuer(ISSUER).upn("carl").groups(Set.of("author")).sign(keys().getPrivate());
        assertIsStale(Client.request(null).auth().oauth2(token).get("/api/fresh"));
    }

    /** The same keys wherever this class is loaded. */
    private static KeyPair keys() {
        try {
            SecureRandom random = SecureRandom.getInstance("SHA1PRNG");
            random.setSeed(1);
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048, random);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
