package io.quarkiverse.imsession.deployment;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.util.List;
import java.util.logging.Level;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** As in production, where the cookie is {@code Secure} by default. */
class HostCookieTest {

    private static final String NAME = "__Host-connsid";

    @RegisterExtension
    static final TestApp APP = TestApp.of(Routes.class).config("quarkus.imsession.cookie.secure", "true")
            .logs(Level.INFO, HostCookieTest::nameIsLogged);

    /** Checked when the application has ended. */
    private static void nameIsLogged(List<String> lines) {
        assertThat(lines).filteredOn(line -> line.startsWith("Sessions: "))
                .singleElement().asString()
                .contains("; cookie.name=__Host-connsid; cookie.path=/; cookie.domain=none; cookie.secure=true;");
    }

    @Test
    void secureCookieHasANameThatNoOtherHostCanPlant() {
        String cookie = given().get("/set?name=anna").header("Set-Cookie");

        assertThat(cookie).matches(NAME + "=[\\w-]{22}\\.[\\w-]{32}; Max-Age=86400; Path=/; Secure; HttpOnly; SameSite=Lax");
        String token = cookie.substring(NAME.length() + 1, cookie.indexOf(';'));
        given().header("Cookie", NAME + "=" + token).get("/read").then().body(equalTo("{name=anna}"));
        given().header("Cookie", "connsid=" + token).get("/read").then().body(equalTo("no session"));
    }

    @Test
    void cookieOfTheNameWithoutThePrefixDisturbsNobody() {
        String cookie = given().get("/set?name=anna").header("Set-Cookie");
        String own = cookie.substring(0, cookie.indexOf(';'));

        given().header("Cookie", "connsid=planted; " + own).get("/read").then().body(equalTo("{name=anna}"))
                .header("Set-Cookie", (String) null);
    }
}
