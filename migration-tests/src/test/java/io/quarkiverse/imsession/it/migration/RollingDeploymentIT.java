package io.quarkiverse.imsession.it.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.test.PackagedApplication;
import io.quarkiverse.imsession.test.RedisServer;
import io.quarkiverse.imsession.test.TestProvider;
import io.quarkiverse.imsession.test.Visitor;

/** Instances without sessions are replaced by instances with sessions, one after the other, while users are logged in. */
@Tag("further")
class RollingDeploymentIT {

    private static final int REQUESTS = 20;

    private static TestProvider provider;
    private static RedisServer redis;
    private static PackagedApplication before;
    private static PackagedApplication sharing;
    private static PackagedApplication taking;
    private static PackagedApplication after;

    /** A browser whose requests reach any instance, and its user. */
    private static final class Browser {

        private final String page;
        private final String user;
        private Visitor visitor;

        Browser(String page, String user, Visitor visitor) {
            this.page = page;
            this.user = user;
            this.visitor = visitor;
        }

        void assertLoggedInAt(PackagedApplication instance) {
            visitor = visitor.at(instance.uri());
            assertThat(visitor.get(page).body()).as(page).isEqualTo(user);
        }

        void assertLoggedOutAt(PackagedApplication instance) {
            visitor = visitor.at(instance.uri());
            assertThat(visitor.get(page).statusCode()).as(page).isEqualTo(302);
        }
    }

    @BeforeAll
    static void start() {
        provider = TestProvider.start();
        redis = RedisServer.start();
        before = PackagedApplication.start(Path.of("before", "target"), List.of(), oidc());
        sharing = instance("share");
        taking = instance("take-over");
        after = instance("refuse");
    }

    private static PackagedApplication instance(String cookies) {
        List<String> settings = new ArrayList<>(List.of(oidc()));
        settings.add("-Dquarkus.redis.hosts=" + redis.uri());
        settings.add("-Dquarkus.imsession.security.quarkus-cookies=" + cookies);
        return PackagedApplication.start(settings.toArray(String[]::new));
    }

    private static String[] oidc() {
        return new String[] { "-Dquarkus.oidc.auth-server-url=" + provider.uri(),
                "-Dquarkus.oidc.credentials.secret=" + TestProvider.SECRET };
    }

    @AfterAll
    static void stop() {
        List.of(before, sharing, taking, after).forEach(PackagedApplication::close);
        redis.close();
        provider.close();
    }

    @BeforeEach
    void reset() {
        TestProvider.tell(provider.uri(), "reset", 1);
    }

    private static Browser byForm(PackagedApplication instance) {
        Visitor visitor = new Visitor(instance.uri());
        assertThat(visitor.post("/j_security_check", "j_username=ada&j_password=lovelace").statusCode()).isEqualTo(302);
        return new Browser("/form/account", "ada[admin]", visitor);
    }

    private static Browser byOidc(PackagedApplication instance) {
        TestProvider.tell(provider.uri(), "user", "bob");
        Visitor visitor = new Visitor(instance.uri());
        assertThat(visitor.visit("/orders").body()).isEqualTo("bob[user]");
        return new Browser("/orders", "bob[user]", visitor);
    }

    private static List<Browser> browsersOf(PackagedApplication instance) {
        return List.of(byForm(instance), byOidc(instance));
    }

    @Test
    void nobodyIsLoggedOut() {
        List<Browser> all = new ArrayList<>(browsersOf(before));
        all.addAll(browsersOf(sharing));
        for (int i = 0; i < 2; i++) {
            for (PackagedApplication instance : List.of(sharing, before, before, sharing)) {
                all.forEach(browser -> browser.assertLoggedInAt(instance));
            }
        }
        // The last instance without sessions has gone.
        all.addAll(browsersOf(taking));
        for (PackagedApplication instance : List.of(sharing, taking, sharing, taking)) {
            all.forEach(browser -> browser.assertLoggedInAt(instance));
        }
        all.forEach(browser -> assertThat(browser.visitor.cookies()).containsKey("connsid")
                .doesNotContainKeys("q_session", "quarkus-credential"));
        // So have those that share.
        all.addAll(browsersOf(after));
        for (PackagedApplication instance : List.of(taking, after, taking, after)) {
            all.forEach(browser -> browser.assertLoggedInAt(instance));
        }
    }

    @Test
    void deploymentCanBeTakenBackWhileCookiesAreShared() {
        for (Browser browser : browsersOf(sharing)) {
            browser.assertLoggedInAt(before);
            browser.assertLoggedInAt(sharing);
            browser.assertLoggedInAt(before);
        }
    }

    @Test
    void refreshedTokensAreKnownToTheOtherInstances() {
        TestProvider.tell(provider.uri(), "idLifetime", 2);
        TestProvider.tell(provider.uri(), "user", "bob");
        Visitor visitor = new Visitor(before.uri());
        Awaitility.await().until(() -> visitor.visit("/orders").statusCode() == 200);
        Browser bob = new Browser("/orders", "bob[user]", visitor);
        int[] hops = new int[1];
        Awaitility.await().until(() -> {
            bob.assertLoggedInAt(hops[0]++ % 2 == 0 ? sharing : before);
            return TestProvider.count(provider.uri(), "refresh") >= 4;
        });
        bob.assertLoggedInAt(taking);
        int refreshes = TestProvider.count(provider.uri(), "refresh");
        Awaitility.await().until(() -> {
            bob.assertLoggedInAt(hops[0]++ % 2 == 0 ? taking : after);
            return TestProvider.count(provider.uri(), "refresh") > refreshes;
        });
    }

    @Test
    void logOutOfOneInstanceIsOneOfTheOther() {
        for (List<PackagedApplication> pair : List.of(List.of(before, sharing), List.of(sharing, before),
                List.of(sharing, taking), List.of(taking, sharing))) {
            for (Browser browser : browsersOf(pair.get(0))) {
                browser.assertLoggedInAt(pair.get(1));
                browser.visitor = browser.visitor.at(pair.get(0).uri());
                if (browser.page.equals("/orders")) {
                    browser.visitor.get("/logout");
                } else {
                    browser.visitor.post("/form/logout", "");
                }
                browser.assertLoggedOutAt(pair.get(1));
                browser.assertLoggedOutAt(pair.get(0));
            }
        }
    }

    @Test
    void parallelRequestsAreTheSameSession() {
        try (PackagedApplication other = instance("take-over")) {
            for (Browser browser : browsersOf(before)) {
                Visitor first = browser.visitor.at(taking.uri());
                Visitor second = browser.visitor.at(other.uri());
                List<CompletableFuture<HttpResponse<String>>> responses = new ArrayList<>();
                for (int i = 0; i < REQUESTS; i++) {
                    responses.add((i % 2 == 0 ? first : second).getLater(browser.page));
                }
                assertThat(responses.stream().map(response -> {
                    assertThat(response.join().body()).isEqualTo(browser.user);
                    Visitor told = new Visitor(taking.uri());
                    told.keep(response.join());
                    return told.cookies().get("connsid").split("\\.")[0];
                }).distinct()).hasSize(1);
            }
        }
    }

    @Test
    void cookiesOpenNothingAfterTheMigration() {
        for (Browser browser : browsersOf(before)) {
            browser.assertLoggedOutAt(after);
            assertThat(browser.visitor.cookies()).doesNotContainKeys("q_session", "quarkus-credential");
        }
        for (Browser browser : browsersOf(before)) {
            Browser thief = new Browser(browser.page, browser.user, browser.visitor.at(after.uri()));
            browser.assertLoggedInAt(taking);
            thief.assertLoggedOutAt(after);
            browser.assertLoggedInAt(after);
        }
    }
}
