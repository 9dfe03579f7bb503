package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.test.TestProvider;
import io.quarkiverse.imsession.test.Visitor;

/** Log-ins by OIDC stay in its cookies, which instances without sessions know. */
@Tag("further")
class OidcShareTest extends OidcContract {

    @RegisterExtension
    static final TestApp APP = app(OldOidcCookie.class)
            .config("quarkus.oidc.token.refresh-expired", "true")
            .config("quarkus.imsession.security.quarkus-cookies", "share")
            .config("quarkus.imsession.exclude-paths", "/sid");

    @Test
    void cookieLogsInAndStays() {
        tell("user", "bob");
        Visitor bob = visitor();
        bob.cookies().putAll(OldOidcCookie.of(provider()));
        assertThat(bob.get("/user").body()).isEqualTo("bob - [user]");
        assertThat(bob.get("/tokens").body()).isEqualTo("bob bob Default true true true");
        assertThat(bob.get("/sid").statusCode()).isEqualTo(200);
        assertThat(bob.cookies()).containsOnlyKeys("q_session");
    }

    @Test
    void logInSetsTheCookieAndLogOutRemovesIt() {
        for (String path : new String[] { "/logout", "/local-logout" }) {
            tell("user", "ada");
            Visitor ada = visitor();
            assertThat(ada.visit("/user").body()).isEqualTo("ada - [user]");
            assertThat(ada.cookies()).containsKey("q_session").doesNotContainKey("connsid");
            ada.get(path);
            assertThat(ada.cookies()).doesNotContainKey("q_session");
            assertThat(ada.get("/user").statusCode()).isEqualTo(302);
        }
    }

    @Test
    void expiredTokensAreRefreshedInTheCookie() {
        tell("user", "bob");
        tell("idLifetime", -1);
        Visitor bob = visitor();
        bob.cookies().putAll(OldOidcCookie.of(provider()));
        String before = bob.cookies().get("q_session");
        tell("idLifetime", 300);
        assertThat(bob.get("/user").body()).isEqualTo("bob - [user]");
        assertThat(bob.cookies().get("q_session")).isNotEqualTo(before);
        assertThat(bob.get("/user").body()).isEqualTo("bob - [user]");
        assertThat(count("refresh")).isEqualTo(1);
    }

    @Test
    void providerEndsLogInsInCookies() {
        tell("user", "bob");
        tell("sid", "h1");
        Visitor bob = visitor();
        bob.cookies().putAll(OldOidcCookie.of(provider()));
        assertThat(bob.get("/user").statusCode()).isEqualTo(200);
        visitor().post("/back-channel-logout", "logout_token=" + TestProvider.logoutToken(provider(), "sid=%22h1%22"));
        assertThat(bob.get("/user").statusCode()).isEqualTo(302);
    }
}
