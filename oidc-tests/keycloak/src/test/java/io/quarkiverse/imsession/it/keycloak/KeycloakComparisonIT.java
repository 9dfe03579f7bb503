package io.quarkiverse.imsession.it.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.test.Visitor;

/**
 * An application with this extension, and one with quarkus-oidc alone: two instances each, with one Keycloak. Of the latter is
 * expected only that it works; the figures of both are on a page.
 */
class KeycloakComparisonIT {

    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Duration SHORT = Duration.ofSeconds(15);

    private static final List<Figures> FIGURES = new ArrayList<>();

    private final Landscape landscape = Landscape.get();
    private final Keycloak keycloak = landscape.keycloak;

    @AfterEach
    void reset() {
        keycloak.tokensLive(LONG);
        keycloak.endSessionsOf("ada");
    }

    @AfterAll
    static void write() throws IOException {
        Figures.write(FIGURES, Landscape.get().keycloak, Path.of(System.getProperty("imsession.keycloak.report")));
    }

    @Test
    void withThisExtension() {
        Figures figures = measure("This extension", landscape.shop);
        assertThat(figures.openToThieves()).isZero();
        assertThat(figures.knownAfterNotice()).isZero();
        assertThat(figures.refreshes()).isEqualTo(1);
        assertThat(figures.answered()).isEqualTo(Burst.REQUESTS);
        assertThat(figures.cookieBytes()).isLessThan(100);
    }

    @Test
    void withQuarkusOidcAlone() {
        try (Application plain = landscape.plain) {
            plain.start(keycloak, landscape.redis);
            measure("`quarkus-oidc`", plain);
        }
    }

    private Figures measure(String name, Application application) {
        User ada = User.ada(landscape, application).logIn();
        int cookieBytes = ada.cookieBytes();
        int cookies = ada.visitor().cookies().size();

        assertThat(ada.known()).containsExactly(true, true);
        long ended = System.nanoTime();
        keycloak.endSessionsOf("ada");
        int knownAfterNotice = (int) ada.known().filter(known -> known).count();
        long noticeMillis = (System.nanoTime() - ended) / 1_000_000;

        User robbed = User.ada(landscape, application).logIn();
        List<Visitor> thieves = robbed.everywhere();
        robbed.follow(robbed.visitor().get("/logout"));
        int openToThieves = (int) thieves.stream().filter(thief -> thief.get("/orders").statusCode() == 200).count();

        keycloak.tokensLive(SHORT);
        User busy = User.ada(landscape, application).logIn();
        long begun = System.nanoTime();
        Awaitility.await().atMost(LONG).until(() -> System.nanoTime() - begun > SHORT.plusSeconds(1).toNanos());
        keycloak.forgetEvents();
        Burst burst = Burst.of(busy);
        Figures figures = new Figures(name, cookies, cookieBytes, openToThieves, knownAfterNotice,
                keycloak.count("REFRESH_TOKEN") + keycloak.count("REFRESH_TOKEN_ERROR"), burst.ok(), burst.millis(),
                noticeMillis);
        FIGURES.add(figures);
        return figures;
    }
}
