package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.util.List;
import java.util.logging.Level;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.deployment.FaultyStore.Fault;

/** However often a request is handed to the router, it is one request. */
class RefusedAccessLogTest {

    @RegisterExtension
    static final TestApp APP = TestApp
            .of(Routes.class, RefusedRoutes.class, FaultyStore.class, Fault.class, RefusedText.class)
            .config("quarkus.http.access-log.enabled", "true")
            .config("quarkus.http.access-log.pattern", "access: %m %U %s")
            .logs(Level.INFO, RefusedAccessLogTest::eachRequestHasOneLine);

    @Inject
    FaultyStore store;

    private static void eachRequestHasOneLine(List<String> lines) {
        assertThat(lines).filteredOn(line -> line.contains("/change")).containsExactlyInAnyOrder(
                "access: POST /route/change 403", "access: GET /route/change 503", "access: GET /worker/change 409");
    }

    @Test
    void refusedRequestsAreLoggedOnce() {
        String session = Client.login("name", "ada");
        Client.request(session).header("Sec-Fetch-Site", "cross-site").post("/route/change").then().statusCode(403);
        store.with(Fault.COMMIT, () -> Client.get("/route/change", session).then().body(equalTo(RefusedText.STORE)));
        store.with(Fault.CONFLICT, () -> Client.get("/worker/change", session).then().body(equalTo(RefusedText.CONFLICT)));
    }
}
