package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import java.util.List;
import java.util.Objects;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.ImSessions;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionId;
import io.restassured.response.Response;
import io.vertx.core.Vertx;

/** An application that keeps sessions near. */
class NearCacheEnabledTest {

    @RegisterExtension
    static final TestApp APP = TestApp.of(Routes.class, RawRedis.class)
            .redis().config("quarkus.imsession.near-cache.enabled", "true");

    @Inject
    ImSessions sessions;

    @Inject
    Vertx vertx;

    @Test
    void tokenTellsTheVersionOfTheSession() {
        String token = Client.login("name", "anna");
        assertThat(token).matches("[\\w-]{22}\\.[\\w-]{32}\\.1");
        assertThat(Client.token(Client.get("/set?name=bert", token))).isEqualTo(token.replaceAll("1$", "2"));
    }

    @Test
    void readsCostNoCommand() {
        String token = Client.login("name", "anna");
        try (RawRedis redis = new RawRedis(vertx)) {
            await().until(() -> {
                Client.get("/read", token);
                long before = redis.calls("hgetall");
                for (int i = 0; i < 20; i++) {
                    Client.get("/read", token).then().body(equalTo("{name=anna}"));
                }
                return redis.calls("hgetall") == before;
            });
        }
    }

    @Test
    void clientIsToldOnceWhichVersionItHasRead() {
        String token = Client.login("name", "anna");
        sessions.update(new SessionId(token.substring(0, SessionId.LENGTH)), SessionData.of("name", "other"));
        String later = await().until(() -> {
            Response read = Client.get("/read", token);
            return read.asString().equals("{name=other}") ? Client.token(read) : null;
        }, Objects::nonNull);
        assertThat(later).isEqualTo(token.replaceAll("1$", "2"));
        assertThat(Client.get("/read", later).headers().getValues("Set-Cookie")).isEmpty();
    }

    @Test
    void lateResponseThatOverwritesANewerCookieDoesNoHarm() {
        String first = Client.login("name", "anna");
        String second = Client.token(Client.get("/set?name=bert", first));
        String third = Client.token(Client.get("/set?name=cleo", second));
        assertThat(Client.get("/read", third).asString()).isEqualTo("{name=cleo}");
        assertThat(Client.token(Client.get("/set?name=dora", second))).isEqualTo(first.replaceAll("1$", "4"));
    }

    @Test
    void tokenWithoutAVersionAndWithAnyVersionIsAccepted() {
        String token = Client.login("name", "anna");
        for (String version : List.of("", ".0", ".1", ".zzzzzzzzzzzz")) {
            Client.get("/read", token.replaceAll("\\.1$", version)).then().body(equalTo("{name=anna}"));
        }
        for (String version : List.of(".", ".A", ".1.1", ".zzzzzzzzzzzzz", ".-1", ". 1")) {
            Client.get("/read", token.replaceAll("\\.1$", version)).then().body(equalTo("no session"));
        }
    }

    @Test
    void changesAreSeenAtOnceAndThoseOfOthersSoon() {
        String token = Client.login("name", "anna");
        for (int i = 0; i < 50; i++) {
            token = Client.token(Client.get("/set?name=n" + i, token));
            for (int j = 0; j < 3; j++) {
                Client.get("/read", token).then().body(equalTo("{name=n" + i + "}"));
            }
        }
        String last = token;
        SessionId id = new SessionId(token.substring(0, SessionId.LENGTH));
        sessions.update(id, SessionData.of("name", "other"));
        await().until(() -> Client.get("/read", last).asString().equals("{name=other}"));
        sessions.destroy(id);
        await().until(() -> Client.get("/read", last).asString().equals("no session"));
    }
}
