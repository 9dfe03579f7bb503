package io.quarkiverse.imsession.deployment;

import static org.hamcrest.Matchers.equalTo;

import java.time.Duration;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A request may have several identities, and augmentors may change them: a log-in is fresh for the one that acts. */
@Tag("further")
class FreshAmongIdentitiesTest {

    @RegisterExtension
    static final TestApp APP = FreshContract.app(LoginResource.class, FreshContract.class, FreshResource.class,
            FreshService.class, FreshRoutes.class, ClockedStore.class, HeaderMechanism.class, NamingAugmentor.class)
            .config("quarkus.http.auth.inclusive", "true")
            .config("quarkus.http.auth.inclusive-mode", "lax")
            .config("quarkus.http.auth.roles-mapping.admin", "boss")
            .config("quarkus.oidc.enabled", "false");

    @Inject
    ClockedStore store;

    @ParameterizedTest
    @ValueSource(strings = { "resource", "admin" })
    void identityThatAnAugmentorMakesAnewIsStillThatOfTheSession(String path) {
        String session = Client.token(Client.get("/login?user=ada&roles=admin", null));
        Client.get("/who", session).then().body(equalTo("Ada Lovelace[admin, boss]"));
        FreshContract.get(path, session).then().statusCode(200).body(equalTo("Ada Lovelace"));
        store.advance(Duration.ofMinutes(6));
        FreshContract.assertIsStale(FreshContract.get(path, session));
    }

    @Test
    void identityOfAnAugmentorIsNotThatOfAUserWhoLogsInLater() {
        String session = Client.token(Client.get("/login?user=ada", null));
        FreshContract.get("as-bob", session).then().statusCode(401);
    }

    @ParameterizedTest
    @ValueSource(strings = { "resource", "uni", "admin", "bean", "route", "permitted" })
    void sessionMakesNoOtherPeerFresh(String path) {
        String session = Client.token(Client.get("/login?user=eve&roles=admin", null));
        FreshContract.assertIsStale(Client.request(session).header(HeaderMechanism.HEADER, "device-7").get("/fresh/" + path));
        Client.request(session).header(HeaderMechanism.HEADER, "eve").get("/fresh/" + path).then().statusCode(200)
                .body(equalTo("eve"));
    }
}
