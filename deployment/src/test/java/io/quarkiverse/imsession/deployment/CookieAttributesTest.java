package io.quarkiverse.imsession.deployment;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.restassured.response.Response;

class CookieAttributesTest {

    private static final String ATTRIBUTES = "; Path=/app; Domain=example.org; Secure; SameSite=None; Partitioned";

    @RegisterExtension
    static final TestApp APP = TestApp.of(Routes.class)
            .config("quarkus.imsession.timeout", "1H")
            .config("quarkus.imsession.cookie.name", "__Secure-sid")
            .config("quarkus.imsession.cookie.path", "/app")
            .config("quarkus.imsession.cookie.domain", "example.org")
            .config("quarkus.imsession.cookie.secure", "true")
            .config("quarkus.imsession.cookie.http-only", "false")
            .config("quarkus.imsession.cookie.same-site", "none")
            .config("quarkus.imsession.cookie.partitioned", "true");

    @Test
    void theCookieHasAllAttributesThatAreConfigured() {
        String cookie = given().get("/set?name=anna").header("Set-Cookie");

        assertThat(cookie).matches("__Secure-sid=[\\w-]{22}\\.[\\w-]{32}; Max-Age=3600" + ATTRIBUTES);
    }

    @Test
    void removingTheCookieRepeatsAllAttributes() {
        String cookie = given().get("/set?name=anna").header("Set-Cookie");

        Response response = given().header("Cookie", cookie.substring(0, cookie.indexOf(';'))).get("/destroy");

        assertThat(response.headers().getValues("Set-Cookie"))
                .containsExactly("__Secure-sid=; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT" + ATTRIBUTES);
        assertThat(response.header("Cache-Control")).isEqualTo("no-store");
        assertThat(response.header("Clear-Site-Data")).isNull();
    }

    @Test
    void aResponseWithTheCookieIsNotCacheableByOthers() {
        assertThat(given().get("/set?name=anna").header("Cache-Control")).isEqualTo("no-store");
        assertThat(cacheControl("public, max-age=60")).isEqualTo("no-store");
        assertThat(cacheControl("private, max-age=60")).isEqualTo("private, max-age=60");
        assertThat(cacheControl("no-store, max-age=0")).isEqualTo("no-store, max-age=0");
        assertThat(cacheControl("public, x-not-private=\"no-store, private\", private=\"x-foo\"")).isEqualTo("no-store");
    }

    @Test
    void aResponseWithoutTheCookieKeepsItsCaching() {
        assertThat(given().get("/read").header("Cache-Control")).isNull();
    }

    private static String cacheControl(String value) {
        Response response = given().queryParam("value", value).get("/set-with-cache-control");
        assertThat(response.headers().getValues("Set-Cookie")).hasSize(1);
        assertThat(response.headers().getValues("Cache-Control")).hasSize(1);
        return response.header("Cache-Control");
    }
}
