package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

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
    void aChangeAfterTheFirstByteIsRefusedWithWhatToDo() {
        String token = Client.login("name", "anna");

        Response late = Client.get("/set-too-late?name=bert", token);

        late.then().statusCode(200)
                .body(equalTo("begun ImSession.set() was called after the first byte of the response was written."
                        + " Change the session before the response begins: before the first item of a stream,"
                        + " the first write or flush, or end()"));
        assertThat(late.header("Set-Cookie")).isNull();
        Client.get("/read", token).then().body(equalTo("{name=anna}"));
    }
}
