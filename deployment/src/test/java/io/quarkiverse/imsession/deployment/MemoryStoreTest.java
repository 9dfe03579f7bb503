package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import java.util.logging.Level;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.runtime.store.MemorySessionStore;
import io.quarkiverse.imsession.spi.SessionStore;
import io.quarkus.arc.Arc;
import io.restassured.response.Response;
import io.vertx.redis.client.Redis;

/** An application that configures nothing. */
class MemoryStoreTest {

    @RegisterExtension
    static final TestApp APP = TestApp.of(Routes.class, EffectiveRedisSettings.class)
            .logs(Level.SEVERE, lines -> assertThat(lines).as("of the change that nothing commits").hasSize(1)
                    .allMatch(line -> line.contains("call ImSession.commit()")))
            .buildStep(EffectiveRedisSettings.recorder());

    @Test
    void sessionsAreKeptInMemoryInTestModeByDefault() {
        assertThat(Arc.container().instance(SessionStore.class).get()).isInstanceOf(MemorySessionStore.class);
        Client.get("/read", Client.login("name", "anna")).then().statusCode(200).body(equalTo("{name=anna}"));
    }

    @Test
    void noRedisClientIsThere() {
        assertThat(Arc.container().instance(Redis.class).isAvailable()).isFalse();
        assertThat(Arc.container().instance(io.vertx.mutiny.redis.client.Redis.class).isAvailable()).isFalse();
    }

    @Test
    void neitherDevServiceNorHealthCheckOfRedisIsThere() {
        assertThat(EffectiveRedisSettings.get()).isEqualTo("dev service false, health check false");
        Client.get("/q/health", null).then().statusCode(200).body(not(containsString("Redis")));
    }

    @Test
    void theCookieIsSafeByDefault() {
        String cookie = Client.get("/set?a=1", null).header("Set-Cookie");

        assertThat(cookie).matches("connsid=[\\w-]{22}\\.[\\w-]{32}; Max-Age=86400; Path=/; HttpOnly; SameSite=Lax");
    }

    @Test
    void changesOfAServerErrorAreDiscarded() {
        String token = Client.login("name", "anna");

        Response failed = Client.get("/set-and-fail?name=bert", token);

        failed.then().statusCode(500).body(equalTo("broken"));
        assertThat(failed.header("Set-Cookie")).isNull();
        Client.get("/read", token).then().body(equalTo("{name=anna}"));
    }

    @Test
    void aChangeThatNeedsACookieIsRefusedAfterTheFirstByteWithWhatToDo() {
        Response late = Client.get("/set-too-late?name=bert", null);

        late.then().statusCode(200)
                .body(equalTo(
                        "begun ImSession.set() was called after the first byte of the response was written, when the client"
                                + " can no longer get the token of a new or renewed session. Call it before the response begins: before"
                                + " the first item of a stream, the first write or flush, or end()"));
        assertThat(late.header("Set-Cookie")).isNull();
    }

    @Test
    void aChangeAfterTheFirstByteIsStoredByACommitOnlyAndElseLogged() {
        String token = Client.login("name", "anna");

        Client.get("/set-too-late?name=bert", token).then().statusCode(200).body(equalTo("begun stored"));
        Client.get("/read", token).then().body(equalTo("{name=anna}"));
        Client.get("/set-too-late-and-commit?name=bert", token).then().statusCode(200).body(equalTo("begun {name=bert}"));
        Client.get("/read", token).then().body(equalTo("{name=bert}"));
    }
}
