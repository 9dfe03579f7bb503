package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.runtime.session.GuardedStore;
import io.quarkiverse.imsession.spi.Presented;
import io.quarkiverse.imsession.spi.SessionUpdate;
import io.quarkiverse.imsession.spi.TokenChange;
import io.quarkiverse.imsession.test.Visitor;
import io.quarkus.oidc.SecurityEvent;

/** Tokens that are to be refreshed before they expire. */
@Tag("further")
class RefreshBesideTest extends OidcContract {

    private static final String TOKENS = "@private:oidc:Default";

    @RegisterExtension
    static final TestApp APP = app(Events.class).config("quarkus.oidc.token.refresh-expired", "true")
            .config("quarkus.oidc.token.refresh-token-time-skew", "400S")
            .config("quarkus.imsession.oidc.refresh-timeout", "100S").config("quarkus.imsession.oidc.retry-pause", "1H");

    @Inject
    GuardedStore store;

    @Test
    void requestsWithValidTokensDoNotWaitForTheProvider() throws Exception {
        Visitor ada = withTokensToRefresh();
        tell("refresh", "hang");
        for (int i = 0; i < 3; i++) {
            assertThat(ada.getLater("/user").get(30, TimeUnit.SECONDS).body()).isEqualTo("ada ada [user]");
        }
        Awaitility.await().until(() -> count("refresh") == 1);
        assertThat(ada.getLater("/access").get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        assertThat(count("refresh")).isEqualTo(1);
        assertThat(tokens(ada)).as("nothing has come of it yet").contains("\"gen\":0").doesNotContain("tried");
    }

    @Test
    void requestsWithValidTokensDoNotWaitForAnInstanceThatWasKilled() throws Exception {
        Visitor ada = withTokensToRefresh();
        store.claim("oidc-refresh " + id(ada) + ' ' + TOKENS, "of an instance that was killed", Duration.ofHours(1))
                .toCompletableFuture().join();
        for (int i = 0; i < 3; i++) {
            assertThat(ada.getLater("/user").get(30, TimeUnit.SECONDS).body()).isEqualTo("ada ada [user]");
        }
        assertThat(count("refresh")).isZero();
    }

    @Test
    void laterRequestsHaveTheNewTokensOfOneRefresh() {
        Visitor ada = withTokensToRefresh();
        String before = ada.get("/access").body();
        Awaitility.await().until(() -> tokens(ada).contains("\"gen\":1"));
        assertThat(ada.get("/access").body()).isNotEqualTo(before);
        assertThat(parallel(ada)).containsOnly(200);
        assertThat(count("refresh")).isEqualTo(1);
    }

    @Test
    void applicationIsToldOfTheUserOnce() {
        Visitor ada = withTokensToRefresh();
        Events.USERS.clear();
        parallel(ada);
        Awaitility.await().until(() -> !Events.USERS.isEmpty());
        Awaitility.await().until(() -> tokens(ada).contains("\"gen\":1"));
        assertThat(parallel(ada)).containsOnly(200);
        assertThat(Events.USERS).containsExactly("ada");
    }

    @Singleton
    public static class Events {

        static final Queue<String> USERS = new ConcurrentLinkedQueue<>();

        void happened(@Observes SecurityEvent event) {
            if (event.getEventType() == SecurityEvent.Type.OIDC_SESSION_REFRESHED) {
                USERS.add(event.getSecurityIdentity().getPrincipal().getName());
            }
        }
    }

    /** A user whose tokens were obtained long ago, and still live as long as other ones. */
    private Visitor withTokensToRefresh() {
        Visitor ada = loggedIn("ada");
        String old = tokens(ada).replaceAll("\"got\":\\d+", "\"got\":" + (System.currentTimeMillis() - 600_000));
        store.update(id(ada), new SessionUpdate(session(ada), (Presented) null, Map.of(TOKENS, old), Set.of(),
                TokenChange.KEEP, null, Long.MAX_VALUE)).toCompletableFuture().join();
        return ada;
    }

    private static String tokens(Visitor visitor) {
        return session(visitor).attributes().get(TOKENS);
    }

    private static SessionId id(Visitor visitor) {
        return new SessionId(visitor.cookies().get("connsid").substring(0, 22));
    }
}
