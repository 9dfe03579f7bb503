package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.spi.SessionIdResolver;
import io.quarkus.arc.Arc;
import io.restassured.response.Response;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class CustomResolverTest {

    @RegisterExtension
    static final TestApp APP = TestApp.of(Routes.class, HeaderThenCookieResolver.class);

    @Test
    void anApplicationsResolverReplacesTheBuiltInOne() {
        assertThat(Arc.container().instance(SessionIdResolver.class).get()).isInstanceOf(HeaderThenCookieResolver.class);
    }

    @Test
    void theHeaderGoesFirstThenTheCookie() {
        String anna = Client.login("name", "anna");
        String bert = Client.login("name", "bert");

        Client.get("/read", anna).then().body(equalTo("{name=anna}"));
        Client.request(anna).header("Authorization", "Bearer " + bert).get("/read").then().body(equalTo("{name=bert}"));
        Client.request(null).header("Authorization", "bearer " + bert).get("/read").then().body(equalTo("{name=bert}"));
        Client.request(anna).header("Authorization", "Basic YTpi").get("/read").then().body(equalTo("{name=anna}"));
    }

    @Test
    void theCookieIsSentAndRemovedByTheInjectedResolver() {
        String token = Client.login("name", "anna");

        assertThat(token).matches("[\\w-]{22}\\.[\\w-]{32}");
        assertThat(Client.token(Client.get("/destroy", token))).isEmpty();
    }

    @Test
    void aTokenThatCannotBeSentIsAServerError() {
        Response response = Client.request(null).header("X-Break", "send").get("/set?name=anna");

        response.then().statusCode(500).body(equalTo("The session token could not be sent."));
        assertThat(response.header("Set-Cookie")).isNull();
    }

    @Test
    void aRemovalThatCannotBeSentIsAServerErrorAndTheSessionIsOver() {
        String token = Client.login("name", "anna");

        Client.request(token).header("X-Break", "remove").get("/destroy").then().statusCode(500);

        Client.get("/read", token).then().body(equalTo("no session"));
    }

    @Test
    void aTokenThatCannotBeResolvedIsAServerError() {
        Client.request(null).header("X-Break", "tokens").get("/read").then().statusCode(500);
    }
}
