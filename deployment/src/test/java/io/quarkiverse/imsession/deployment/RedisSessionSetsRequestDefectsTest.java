package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.redis.RedisKeys;
import io.quarkiverse.imsession.spi.SessionToken;
import io.restassured.response.Response;
import io.vertx.core.Vertx;

/**
 * The defects of redis-session-sets in its cookies and CSRF tokens: none of them is here. Each test tells what the ancestor
 * does.
 */
class RedisSessionSetsRequestDefectsTest {

    @RegisterExtension
    static final TestApp APP = TestApp.of(SetsRoutes.class, Routes.class, RawRedis.class).redis()
            .config("quarkus.imsession.redis.command-timeout", "10S");

    @Inject
    RedisKeys keys;

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

    /** There get() makes a session for each visitor, for the CSRF secret. */
    @Test
    void readingMakesNoSession() {
        Response response = Client.get("/sets", null);
        response.then().statusCode(200).body(equalTo("{}"));
        assertThat(response.header("Set-Cookie")).isNull();
    }

    /** There a touch sends a cookie for a session that is not there. */
    @Test
    void touchWithoutASessionSendsNoCookie() {
        Response response = Client.get("/sets/touch", null);
        response.then().statusCode(204);
        assertThat(response.header("Set-Cookie")).isNull();
    }

    /** There any id that a client sends is taken over: whoever plants it is logged in with its victim. */
    @Test
    void idFromTheClientIsNotAdopted() {
        SessionToken planted = SessionToken.generate(new SecureRandom());
        String token = Client.token(Client.get("/sets/user?id=1", planted.value()));
        assertThat(SessionToken.tryParse(token).id()).isNotEqualTo(planted.id());
        Client.get("/sets", planted.value()).then().body(equalTo("{}"));
        assertThat(redis.exists(keys.session(planted.id()))).isFalse();
    }

    /** There the id is all that a client needs, and it is in the keys and sets of Redis. */
    @Test
    void whatIsReadInRedisLetsNobodyIn() {
        String token = Client.token(Client.get("/sets/user?id=1", null));
        SessionToken parsed = SessionToken.tryParse(token);
        assertThat(redis.command("HGETALL", keys.session(parsed.id())).toString()).doesNotContain(token.substring(23));
        String guessed = parsed.id().value() + '.' + parsed.hash().value().repeat(2).substring(0, 32);
        Client.get("/sets", guessed).then().body(equalTo("{}"));
    }

    /** There the session that is set after delete() in the same request has the old id. */
    @Test
    void sessionAfterTheEndOfAnotherHasAnotherId() {
        String old = Client.token(Client.get("/sets/user?id=1", null));
        String next = Client.token(Client.get("/sets/again", old));
        assertThat(SessionToken.tryParse(next).id()).isNotEqualTo(SessionToken.tryParse(old).id());
        Client.get("/sets", old).then().body(equalTo("{}"));
        Client.get("/sets", next).then().body(equalTo("{user_id=again}"));
    }

    /** There the cookie always lives as long as configured, whatever lifetime the session was given. */
    @Test
    void cookieAndSessionEndTogether() {
        String token = Client.login("a", "1");
        String cookie = Client.get("/touch", token).header("Set-Cookie");
        assertThat(cookie).contains("; Max-Age=300;");
        assertThat(redis.timeToLive(keys.session(SessionToken.tryParse(token).id()))).isBetween(
                Duration.ofSeconds(290).toMillis(),
                Duration.ofSeconds(310).toMillis());
    }

    /** There the secret of the CSRF tokens is a field of the session's data. */
    @Test
    void csrfSecretIsNotAmongTheData() {
        String session = Client.login("a", "1");
        Client.get("/sets/csrf", session);
        Client.get("/sets", session).then().body(equalTo("{a=1}"));
    }

    /** There a CSRF token makes a session, and verifying one does, too. */
    @Test
    void csrfTokenMakesNoSession() {
        Response made = Client.get("/sets/csrf", null);
        made.then().statusCode(200).body(equalTo(" false"));
        assertThat(made.header("Set-Cookie")).isNull();
        assertThat(Client.get("/sets/csrf/verify?token=any", null).header("Set-Cookie")).isNull();
    }

    /** There parallel first requests each make a secret, and all tokens but the last one's are refused. */
    @Test
    void csrfTokensOfParallelFirstRequestsAreAllValid() {
        String session = Client.login("a", "1");
        List<String> tokens = IntStream.range(0, 8).parallel()
                .mapToObj(i -> Client.get("/sets/csrf", session).asString().split(" ")[0]).toList();
        assertThat(tokens).doesNotHaveDuplicates()
                .allSatisfy(token -> Client.get("/sets/csrf/verify?token=" + token, session).then()
                        .body(equalTo("true")));
    }

    /** There a CSRF token from before the log-in stays valid after it. */
    @Test
    void csrfTokenDiesWithTheOldTokenOfTheSession() {
        String session = Client.login("a", "1");
        String token = Client.get("/sets/csrf", session).asString().split(" ")[0];
        String renewed = Client.token(Client.get("/renew", session));
        Client.get("/sets/csrf/verify?token=" + token, renewed).then().body(equalTo("false"));
    }
}
