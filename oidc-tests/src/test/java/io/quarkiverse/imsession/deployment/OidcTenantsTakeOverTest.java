package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.test.TestProvider;
import io.quarkiverse.imsession.test.Visitor;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;

/** Cookies of several tenants become sessions, each by itself. */
@Tag("further")
class OidcTenantsTakeOverTest extends OidcContract {

    @RegisterExtension
    static final TestApp APP = app(OldOidcCookie.class, Second.class)
            .config("quarkus.imsession.security.quarkus-cookies", "take-over")
            .config("quarkus.oidc.second.auth-server-url", "${quarkus.oidc.auth-server-url}")
            .config("quarkus.oidc.second.client-id", TestProvider.CLIENT)
            .config("quarkus.oidc.second.credentials.secret", TestProvider.SECRET)
            .config("quarkus.oidc.second.application-type", "web-app")
            .config("quarkus.oidc.second.tenant-paths", "/second/*")
            .config("quarkus.oidc.second.authentication.cookie-path", "/second");

    @BeforeEach
    void userIsBob() {
        tell("user", "bob");
    }

    @Test
    void damagedCookieOfATenantLeavesThatOfAnother() {
        Visitor bob = visitor();
        bob.cookies().put("q_session", "rubbish");
        bob.cookies().put("q_session_second", OldOidcCookie.of(provider()).get("q_session"));
        assertThat(bob.get("/user").statusCode()).isEqualTo(302);
        assertThat(bob.cookies()).containsKey("q_session_second").doesNotContainKey("q_session");
        assertThat(bob.get("/second/user").body()).isEqualTo("bob");
    }

    @Test
    void cookieIsRemovedByThePathOfItsTenant() {
        Visitor bob = visitor();
        bob.cookies().put("q_session_second", OldOidcCookie.of(provider()).get("q_session"));
        HttpResponse<String> response = bob.get("/second/user");
        assertThat(response.body()).isEqualTo("bob");
        assertThat(response.headers().allValues("Set-Cookie")).contains("q_session_second=; Max-Age=0; Path=/second");
    }

    @Path("second")
    public static class Second {

        @Inject
        SecurityIdentity identity;

        @GET
        @Authenticated
        @Path("user")
        public String user() {
            return identity.getPrincipal().getName();
        }
    }
}
