package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.restassured.response.Response;
import io.vertx.core.Vertx;

/**
 * What redis-session-sets promises in {@code __tests__/index.js}, promised again. Each test has the name of the
 * original, and its group before it. What deliberately differs:
 * <ul>
 * <li>Reading makes no session. Theirs makes one of every request that calls {@code get()}, for the CSRF secret.</li>
 * <li>A token is needed to touch or protect something: without a session {@code touch()} does nothing and sends no cookie, and
 * a CSRF token is empty. Theirs sends the cookie of a session that is not there, and makes one for the CSRF
 * secret.</li>
 * <li>Setting is {@code update}, which merges fields as their {@code set} does; our {@code set} replaces all of them.</li>
 * <li>Values keep their types, and are JSON in Redis: the string is stored with its quotes.</li>
 * <li>The set of a reference is sorted, by the time when the entry may go: ZRANGE instead of SMEMBERS.</li>
 * </ul>
 */
class RedisSessionSetsSpecTest {

    private static final String COOKIE = "connsid=[\\w-]{22}\\.[\\w-]{32}; Max-Age=2419200; .*";

    @RegisterExtension
    static final TestApp APP = TestApp.of(SetsRoutes.class, RawRedis.class).redis()
            .config("quarkus.imsession.timeout", "28D")
            .config("quarkus.imsession.redis.command-timeout", "10S")
            .config("quarkus.imsession.redis.key-prefix", "asdf")
            .config("quarkus.imsession.references.\"string\".indexed", "true");

    @Inject
    Vertx vertx;

    RawRedis redis;

    @BeforeEach
    void connect() {
        redis = new RawRedis(vertx);
    }

    @AfterEach
    void disconnect() {
        redis.close();
    }

    // context.session: should get and set the session

    @Test
    void getAndSetSessionSet() {
        Response response = Client.request(null).post("/sets");
        response.then().statusCode(204);
        assertThat(response.header("Set-Cookie")).matches(COOKIE);
    }

    @Test
    void getAndSetSessionGet() {
        String token = set();
        Client.get("/sets", token).then().statusCode(200).body(equalTo("{number=1, string=string}"));
        assertThat(redis.command("HGET", key(token), "number").toString()).isEqualTo("1");
        assertThat(redis.command("HGET", key(token), "string").toString()).isEqualTo("\"string\"");
    }

    // context.session: should unset the session

    @Test
    void unsetTheSessionSet() {
        Client.get("/sets", set()).then().statusCode(200).body(equalTo("{number=1, string=string}"));
    }

    @Test
    void unsetTheSessionUnset() {
        Client.request(set()).delete("/sets/fields").then().statusCode(204);
    }

    @Test
    void unsetTheSessionGet() {
        String token = set();
        Client.request(token).delete("/sets/fields");
        Client.get("/sets", token).then().statusCode(200).body(equalTo("{}"));
        assertThat(redis.command("HEXISTS", key(token), "number").toInteger()).isZero();
        assertThat(redis.command("HEXISTS", key(token), "string").toInteger()).isZero();
    }

    // context.session: should update the session

    @Test
    void updateTheSessionTouch() {
        Response touched = Client.get("/sets/touch", set());
        touched.then().statusCode(204);
        assertThat(touched.header("Set-Cookie")).matches(COOKIE);
    }

    // context.session: should delete the session

    @Test
    void deleteTheSessionSet() {
        assertThat(redis.exists(key(set()))).isTrue();
    }

    @Test
    void deleteTheSessionDelete() {
        String token = set();
        Client.request(token).delete("/sets").then().statusCode(204);
        assertThat(redis.exists(key(token))).isFalse();
    }

    @Test
    void deleteTheSessionGet() {
        String token = set();
        Client.request(token).delete("/sets");
        Client.get("/sets", token).then().statusCode(200).body(equalTo("{}"));
    }

    // context.session: should handle CSRF tokens

    @Test
    void csrfTokensWithoutGettingTheCurrentSession() {
        String answer = Client.get("/sets/csrf", set()).asString();
        assertThat(answer).matches("[\\w-]{20,} true");
    }

    @Test
    void csrfTokensWithTheCurrentSession() {
        String session = set();
        Client.get("/sets", session);
        String token = Client.get("/sets/csrf", session).asString().split(" ")[0];
        Client.get("/sets/csrf/verify?token=" + token, session).then().statusCode(200).body(equalTo("true"));
    }

    // session

    @Test
    void getReferenceKey() {
        String token = set();
        assertThat(redis.members("asdf:ref:string:{string}")).contains(token.substring(0, 22));
    }

    private static String set() {
        return Client.token(Client.request(null).post("/sets"));
    }

    private static String key(String token) {
        return "asdf:{" + token.substring(0, 22) + "}";
    }
}
