package io.quarkiverse.imsession.deployment;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.restassured.response.Response;

class BearerThenCookieTest {

    private static final String HEADER = "X-My-Token";
    private static final String FOREIGN_JWT = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhbm5hIn0.c2lnbmF0dXJl";

    @RegisterExtension
    static final TestApp APP = TestApp.of(Routes.class)
            .config("quarkus.imsession.resolvers", "bearer,cookie")
            .config("quarkus.imsession.bearer.response-header", HEADER);

    @Test
    void theTokenOfANewSessionIsSentBothWays() {
        Response made = given().get("/set?name=anna");

        assertThat(made.header(HEADER)).isEqualTo(Client.token(made));
    }

    @Test
    void eitherWayOfSendingTheTokenWorksAndTheHeaderWins() {
        String anna = Client.login("name", "anna");
        String bert = Client.login("name", "bert");

        Client.get("/read", anna).then().body(equalTo("{name=anna}"));
        bearer(anna, null, "/read").then().body(equalTo("{name=anna}"));
        bearer(bert, anna, "/read").then().body(equalTo("{name=bert}"));
    }

    @Test
    void aRenewedTokenIsSentTheWayTheOldOneCame() {
        String token = Client.login("name", "anna");

        Response renewedByHeader = bearer(token, null, "/renew");
        assertThat(renewedByHeader.header(HEADER)).isNotEqualTo(token).hasSameSizeAs(token);
        assertThat(renewedByHeader.header("Set-Cookie")).isNull();

        Response renewedByCookie = Client.get("/renew", renewedByHeader.header(HEADER));
        assertThat(Client.token(renewedByCookie)).isNotEqualTo(renewedByHeader.header(HEADER));
        assertThat(renewedByCookie.header(HEADER)).isNull();
        Client.get("/read", Client.token(renewedByCookie)).then().body(equalTo("{name=anna}"));
    }

    @Test
    void theEndIsToldTheWayTheTokenCame() {
        Response byHeader = bearer(Client.login("name", "anna"), null, "/destroy");
        assertThat(byHeader.header(HEADER)).isEmpty();
        assertThat(byHeader.header("Set-Cookie")).isNull();

        Response byCookie = Client.get("/destroy", Client.login("name", "anna"));
        assertThat(Client.token(byCookie)).isEmpty();
        assertThat(byCookie.header(HEADER)).isNull();
    }

    @Test
    void anAuthorizationForSomebodyElseFallsThroughToTheCookie() {
        String token = Client.login("name", "anna");

        bearer(FOREIGN_JWT, token, "/read").then().body(equalTo("{name=anna}"));
        Response renewed = bearer(FOREIGN_JWT, token, "/renew");

        assertThat(Client.token(renewed)).isNotEqualTo(token);
        assertThat(renewed.header(HEADER)).isNull();
        bearer(FOREIGN_JWT, null, "/read").then().statusCode(200).body(equalTo("no session"));
    }

    @Test
    void plantedCookiesDisturbNoCookieBehindAnAuthorizationForSomebodyElse() {
        String token = Client.login("name", "anna");
        String cookies = "connsid=planted; connsid=" + token;

        given().header("Cookie", cookies).get("/read").then().body(equalTo("{name=anna}"));
        given().header("Authorization", "Bearer " + FOREIGN_JWT).header("Cookie", cookies).get("/read").then()
                .body(equalTo("{name=anna}"));
    }

    @Test
    void renewedTokenOfOneOfSeveralCookiesGoesIntoTheCookieOnly() {
        String token = Client.login("name", "anna");

        Response renewed = given().header("Cookie", "connsid=planted; connsid=" + token).get("/renew");

        assertThat(renewed.header(HEADER)).isNull();
        List<String> cookies = renewed.headers().getValues("Set-Cookie");
        assertThat(cookies).hasSize(2);
        assertThat(cookies.get(0)).isEqualTo("connsid=; Max-Age=0; Path=/renew; HttpOnly; SameSite=Lax");
        String next = cookies.get(1).substring("connsid=".length(), cookies.get(1).indexOf(';'));
        assertThat(next).hasSameSizeAs(token).isNotEqualTo(token);
        Client.get("/read", next).then().body(equalTo("{name=anna}"));
    }

    private static Response bearer(String token, String cookie, String path) {
        return Client.request(cookie).header("Authorization", "Bearer " + token).get(path);
    }
}
