package io.quarkiverse.imsession.deployment;

import static io.quarkiverse.imsession.SessionEvent.Rejected.Reason.MALFORMED;
import static io.quarkiverse.imsession.SessionEvent.Rejected.Reason.UNKNOWN;
import static io.quarkiverse.imsession.SessionEvent.Rejected.Reason.WRONG_SECRET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Optional;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.SessionEvent.Created;
import io.quarkiverse.imsession.SessionEvent.Destroyed;
import io.quarkiverse.imsession.SessionEvent.Rejected;
import io.quarkiverse.imsession.SessionEvent.Renewed;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.spi.SessionStore;
import io.quarkus.arc.Arc;
import io.restassured.response.Response;
import io.vertx.redis.client.Redis;

/** An application with a store of its own, which counts: what reaches the store, what does not, and who is told. */
class CustomStoreTest {

    private static final String NEW_KEY = "the-new-key-of-more-than-32-characters";
    private static final String OLD_KEY = "the-old-key-of-more-than-32-characters";
    private static final String FOREIGN_KEY = "the-key-of-somebody-else-who-is-no-friend";

    @RegisterExtension
    static final TestApp APP = TestApp.of(Routes.class, RecordingStore.class, RecordingStore.Mode.class, EventLog.class)
            .resource("META-INF/resources/page.html", "a page")
            .config("quarkus.imsession.store", "redis")
            // It would ask for every client that may be configured.
            .config("quarkus.redis.health.enabled", "false")
            .config("quarkus.imsession.exclude-paths", "/excluded/*,/account/public/read")
            .config("quarkus.imsession.signing.keys", NEW_KEY + "," + OLD_KEY);

    @Inject
    RecordingStore store;

    @Inject
    EventLog events;

    @Test
    void anApplicationsStoreReplacesTheBuiltInOneAndNoRedisClientIsMade() {
        assertThat(Arc.container().instance(SessionStore.class).get()).isInstanceOf(RecordingStore.class);
        assertThat(Arc.container().instance(Redis.class).isAvailable()).isFalse();
        String token = Client.login("name", "anna");

        assertThat(store.calls(() -> Client.get("/read", token).then().body(equalTo("{name=anna}")))).containsExactly("load");
    }

    @Test
    void whatTheStoreIsAskedForIsTheLeastPossible() {
        assertThat(store.calls(() -> Client.get("/read", null))).isEmpty();
        assertThat(store.calls(() -> Client.login("name", "anna"))).containsExactly("create");
        String token = Client.login("name", "anna");
        assertThat(store.calls(() -> Client.get("/set?name=anna", token))).containsExactly("load");
        assertThat(store.calls(() -> Client.get("/set?name=bert", token))).containsExactly("load", "update");
        assertThat(store.calls(() -> Client.get("/destroy", token))).containsExactly("load", "destroy");
    }

    @Test
    void anExcludedPathHasNoSessionAndSaysWhy() {
        String token = Client.login("name", "anna");

        for (String path : new String[] { "/excluded/read", "/account/public/read" }) {
            assertThat(store.calls(() -> Client.get(path, token).then().statusCode(200)
                    .body(allOf(containsString("This request has no session: its path is excluded"),
                            containsString("quarkus.imsession.exclude-paths")))))
                    .isEmpty();
        }
        assertThat(store.calls(() -> Client.get("/account/read", token).then().body(equalTo("{name=anna}"))))
                .containsExactly("load");
    }

    @Test
    void aStaticResourceCostsNoStoreCall() {
        String token = Client.login("name", "anna");

        assertThat(store.calls(() -> Client.get("/page.html", token).then().statusCode(200).body(equalTo("a page"))))
                .isEmpty();
    }

    @Test
    void anEndpointOfQuarkusCostsNoStoreCall() {
        String token = Client.login("name", "anna");

        assertThat(store.calls(() -> Client.get("/q/health", token).then().statusCode(200))).isEmpty();
    }

    @Test
    void aForgedTokenIsRefusedWithoutAStoreCall() {
        String token = unsigned(Client.login("name", "anna"));
        String signedByAnother = signed(token, FOREIGN_KEY);
        String signatureOfAnotherToken = token + signature(unsigned(Client.login("name", "bert")), NEW_KEY);

        for (String forged : new String[] { token, signedByAnother, signatureOfAnotherToken, token + ".", "x", "" }) {
            assertThat(store.calls(() -> {
                Response response = Client.get("/read", forged);
                response.then().statusCode(200).body(equalTo("no session"));
                assertThat(response.header("Set-Cookie")).isNull();
            })).isEmpty();
        }
    }

    @Test
    void anOldKeyStillVerifiesAndTheNewOneSigns() {
        String token = Client.login("name", "anna");
        assertThat(token).isEqualTo(signed(unsigned(token), NEW_KEY));

        String old = signed(unsigned(token), OLD_KEY);
        Client.get("/read", old).then().body(equalTo("{name=anna}"));
        String sent = Client.token(Client.get("/set?name=bert", old));

        assertThat(sent).isEqualTo(token);
    }

    @Test
    void whatHappensToSessionsIsObserved() {
        String[] token = new String[1];
        events.awaitOnly(() -> {
            token[0] = Client.login("name", "anna");
            return new Created(id(token[0]));
        });
        SessionId id = id(token[0]);

        events.awaitOnly(new Renewed(id, false), () -> token[0] = Client.token(Client.get("/renew", token[0])));
        assertThat(id(token[0])).isEqualTo(id);
        String wrong = signed(id.value() + "." + "x".repeat(32), NEW_KEY);
        events.awaitOnly(new Rejected(Optional.of(id), WRONG_SECRET), () -> Client.get("/read", wrong));
        events.awaitOnly(new Rejected(Optional.empty(), MALFORMED), () -> Client.get("/read", unsigned(token[0])));
        events.awaitOnly(new Destroyed(id, Destroyed.Cause.REQUEST), () -> Client.get("/destroy", token[0]));
        events.awaitOnly(new Rejected(Optional.of(id), UNKNOWN), () -> Client.get("/read", token[0]));
    }

    private static SessionId id(String token) {
        return new SessionId(token.substring(0, SessionId.LENGTH));
    }

    private static String unsigned(String token) {
        return token.substring(0, token.lastIndexOf('.'));
    }

    private static String signed(String token, String key) {
        return token + signature(token, key);
    }

    /** As the documentation says it: HMAC-SHA-256 of the token, in base64url, after a dot. */
    private static String signature(String token, String key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return "." + Base64.getUrlEncoder().withoutPadding()
                    .encodeToString(mac.doFinal(token.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
