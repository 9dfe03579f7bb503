package io.quarkiverse.imsession.deployment;

import static org.hamcrest.Matchers.equalTo;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.docs.CurrentRoles;
import io.quarkiverse.imsession.docs.RefusedUser;

/** Roles are looked up by code that blocks, and after requests of other sites were refused. */
class RefusedUserTest {

    @RegisterExtension
    static final TestApp APP = TestApp.of(LoginResource.class, CurrentRoles.class, RefusedUser.class)
            .config("quarkus.imsession.security.enabled", "true")
            .config("quarkus.oidc.enabled", "false");

    @Test
    void pageThatAnswersARefusedRequestKnowsTheRolesOfItsUser() {
        assertAdvised("ada", "Use a token.");
        assertAdvised("eve", "Load the page again.");
        assertAdvised(null, "Load the page again.");
    }

    private static void assertAdvised(String user, String advice) {
        String session = user == null ? null : Client.token(Client.get("/login?user=" + user, null));
        Client.request(session).header("Sec-Fetch-Site", "cross-site").post("/who").then().statusCode(403)
                .header("Cache-Control", "no-store").contentType("text/plain;charset=UTF-8").body(equalTo(advice));
    }
}
