package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;

import java.security.SecureRandom;
import java.time.Duration;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.spi.Expiry;
import io.quarkiverse.imsession.spi.NewSession;
import io.quarkiverse.imsession.spi.SessionStore;
import io.quarkiverse.imsession.spi.SessionToken;
import io.quarkiverse.imsession.spi.StoredSession;
import io.restassured.response.Response;

/**
 * What koa-imsession promises in {@code session.spec.ts}, {@code memory-store.spec.ts} and {@code sessionid-resolver.spec.ts},
 * promised again. Each test has the name of the original. What deliberately differs:
 * <ul>
 * <li>A token is {@code <id>.<secret>} in base64url, and only a hash of the secret is stored; theirs is 32 hexadecimal digits
 * and names the entry in the store.</li>
 * <li>A token that the store does not know is never adopted. Their tests of renewal make a session of {@code mysessionid} by
 * replacing the store's answer; ours make a real one and turn the clock.</li>
 * <li>Setting data equal to the stored is no change: nothing is stored and no cookie is sent; theirs stores and sends.</li>
 * <li>A new session id ("regenerates", "renews") is a new secret: the id stays, nothing is copied, and the old token is dead
 * (or, after a timed renewal, valid for a short grace). Theirs stores a copy under a new name and drops the old one.</li>
 * <li>{@code null}, {@code undefined} and {@code false} all end a session there; here {@code destroy()} does.</li>
 * <li>Data that is no object is refused when the application is compiled, not when it is stored: it is a
 * {@code SessionData}, and a missing one is refused at the call.</li>
 * <li>A store keeps a session ten seconds longer than asked, for requests sent at the last moment; there the caller adds
 * them.</li>
 * <li>The cookie says {@code Max-Age} instead of {@code expires}: no clock of a client can be wrong about it.</li>
 * </ul>
 */
class KoaImsessionSpecTest {

    private static final String COOKIE = "connsid=[\\w-]{22}\\.[\\w-]{32}; Max-Age=86400; .*";

    @RegisterExtension
    static final TestApp APP = TestApp.of(KoaRoutes.class, ClockedStore.class);

    @Inject
    ClockedStore store;

    // session.spec.ts

    @Test
    void getsContextSession() {
        Client.get("/get-session", null).then().statusCode(200).body(equalTo("no session"));
    }

    @Test
    void setsContextSession() {
        Client.get("/set-session?hello=you", null).then().statusCode(200).body(equalTo("helloyou"));
    }

    @Test
    void getsNoSession() {
        Response response = Client.request(null).post("/get-session");

        response.then().statusCode(200).body(equalTo("no session"));
        assertNoCookie(response);
    }

    @Test
    void getsNoNewSession() {
        Response response = Client.get("/get-session", setSession());

        response.then().statusCode(200).body(equalTo("hello"));
        assertNoCookie(response);
    }

    @Test
    void setsSession() {
        Response response = Client.request(null).post("/set-session");

        response.then().statusCode(200).body(equalTo("hello"));
        assertThat(response.header("Set-Cookie")).matches(COOKIE);
        assertThat(stored(Client.token(response))).isEqualTo(SessionData.of("message", "hello"));
    }

    @Test
    void setsNewSessionWhenDataIsSet() {
        String token = setSession();

        Response changed = Client.get("/set-session?hello=world", token);
        changed.then().statusCode(200).body(equalTo("helloworld"));
        assertThat(changed.header("Set-Cookie")).matches(COOKIE);
        assertThat(Client.token(changed)).isEqualTo(token);
        assertThat(stored(token)).isEqualTo(SessionData.of("message", "helloworld"));

        Response equal = Client.get("/set-session?hello=world", token);
        equal.then().statusCode(200).body(equalTo("helloworld"));
        assertNoCookie(equal);
        assertThat(stored(token)).isEqualTo(SessionData.of("message", "helloworld"));
    }

    @Test
    void unsetsSession() {
        String token = setSession();

        Response ended = Client.get("/unset-session", token);
        ended.then().statusCode(200).body(equalTo("no session"));
        assertThat(ended.header("Set-Cookie")).matches("connsid=; .*Expires=Thu, 01 Jan 1970 00:00:00 GMT; .*");
        assertThat(stored(token)).isNull();

        for (String tokenOrNone : new String[] { token, null }) {
            Response again = Client.get("/unset-session", tokenOrNone);
            again.then().statusCode(200).body(equalTo("no session"));
            assertNoCookie(again);
        }
    }

    @Test
    void regeneratesSessionid() {
        String old = setSession();

        Response response = Client.get("/regenerate-sessionid", old);

        response.then().statusCode(200).body(equalTo("hello"));
        assertThat(response.header("Set-Cookie")).matches(COOKIE);
        assertThat(Client.token(response)).isNotEqualTo(old);
        Client.get("/get-session", old).then().body(equalTo("no session"));
        Client.get("/get-session", Client.token(response)).then().body(equalTo("hello"));
    }

    @Test
    void regeneratesNoNewSessionid() {
        Response response = Client.get("/regenerate-sessionid", null);

        response.then().statusCode(200).body(equalTo("no session"));
        assertNoCookie(response);
    }

    @Test
    void renewsSessionid() {
        String old = setSession();
        store.advance(Duration.ofHours(23));

        Response response = Client.get("/get-session", old);

        response.then().statusCode(200).body(equalTo("hello"));
        assertThat(response.header("Set-Cookie")).matches(COOKIE);
        assertThat(Client.token(response)).isNotEqualTo(old);
        store.advance(Duration.ofHours(23));
        Client.get("/get-session", Client.token(response)).then().body(equalTo("hello"));
    }

    @Test
    void sessionidIsNotRenewed() {
        String token = setSession();
        store.advance(Duration.ofHours(15));

        Response response = Client.get("/get-session", token);

        response.then().statusCode(200).body(equalTo("hello"));
        assertNoCookie(response);
    }

    // memory-store.spec.ts

    @Test
    void setsObject() {
        SessionToken token = newToken();

        create(token, SessionData.of("id", "abc"), Duration.ofSeconds(1));

        assertThat(load(token.id()).data()).isEqualTo(SessionData.of("id", "abc"));
    }

    @Test
    void setsPrimitive() {
        assertThatThrownBy(() -> SessionData.of("id", null)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("The value of session field 'id' is null.");
    }

    @Test
    void getsNonexistent() {
        assertThat(load(newToken().id())).isNull();
    }

    @Test
    void getsExisting() {
        SessionToken token = newToken();
        create(token, SessionData.of("id", 1), Duration.ofSeconds(1));

        assertThat(load(token.id()).data().get("id", Integer.class)).contains(1);
        assertThat(load(token.id()).token().current()).isEqualTo(token.hash());
    }

    @Test
    void getsExpired() {
        SessionToken token = newToken();
        create(token, SessionData.of("id", 1), Duration.ofSeconds(4));

        assertThat(load(token.id())).isNotNull();
        store.advance(Duration.ofSeconds(4).plus(SessionStore.EXPIRY_SLACK));
        assertThat(load(token.id())).isNull();
    }

    @Test
    void destroysNonexistent() {
        SessionId id = newToken().id();

        assertThat(store.destroy(id).toCompletableFuture().join()).isFalse();
        assertThat(load(id)).isNull();
    }

    @Test
    void destroysExisting() {
        SessionToken token = newToken();
        create(token, SessionData.of("id", 1), Duration.ofSeconds(1));

        assertThat(store.destroy(token.id()).toCompletableFuture().join()).isTrue();
        assertThat(load(token.id())).isNull();
    }

    // sessionid-resolver.spec.ts

    @Test
    void generatesSessionId() {
        assertThat(newToken().value()).matches("[\\w-]{22}\\.[\\w-]{32}").isNotEqualTo(newToken().value());
    }

    @Test
    void getsSessionId() {
        Client.get("/resolver/get", "c650059107b876d453cb25a6d2dd0e36").then()
                .body(equalTo("c650059107b876d453cb25a6d2dd0e36"));
    }

    @Test
    void setsSessionId() {
        assertThat(Client.get("/resolver/set?token=c650059107b876d453cb25a6d2dd0e36", null).header("Set-Cookie"))
                .startsWith("connsid=c650059107b876d453cb25a6d2dd0e36;");
    }

    private static String setSession() {
        return Client.token(Client.request(null).post("/set-session"));
    }

    private static void assertNoCookie(Response response) {
        assertThat(response.header("Set-Cookie")).isNull();
    }

    private static SessionToken newToken() {
        return SessionToken.generate(new SecureRandom());
    }

    private void create(SessionToken token, SessionData data, Duration timeout) {
        store.create(token.id(), new NewSession(token.hash(), data, new Expiry(timeout, null, null))).toCompletableFuture()
                .join();
    }

    private StoredSession load(SessionId id) {
        return store.load(id).toCompletableFuture().join();
    }

    private SessionData stored(String token) {
        StoredSession stored = load(SessionToken.tryParse(token).id());
        return stored == null ? null : stored.data();
    }
}
