package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.test.TestProvider;
import io.quarkiverse.imsession.test.Visitor;
import io.quarkus.oidc.AccessTokenCredential;
import io.quarkus.oidc.OidcRequestContext;
import io.quarkus.oidc.OidcTenantConfig;
import io.quarkus.oidc.TenantConfigResolver;
import io.quarkus.oidc.runtime.OidcTenantConfig.ApplicationType;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;

/** Several tenants, with the identity asked for late and below a root path. */
class OidcTenantsTest extends OidcContract {

    @RegisterExtension
    static final TestApp APP = app(Tenants.class, Dynamic.class)
            .config("quarkus.http.root-path", "/app")
            .config("quarkus.http.auth.proactive", "false")
            .config("quarkus.oidc.logout.path", "/app/logout")
            .config("quarkus.oidc.second.auth-server-url", "${quarkus.oidc.auth-server-url}")
            .config("quarkus.oidc.second.client-id", TestProvider.CLIENT)
            .config("quarkus.oidc.second.credentials.secret", TestProvider.SECRET)
            .config("quarkus.oidc.second.application-type", "hybrid")
            .config("quarkus.oidc.second.token.audience", "any")
            .config("quarkus.oidc.second.tenant-paths", "/app/second/*")
            .config("quarkus.oidc.second.logout.backchannel.path", "/back-channel-logout-of-second");

    @Test
    void userOfATenantIsLoggedInThereOnly() {
        Visitor visitor = at();
        tell("user", "ada");
        assertThat(visitor.visit("/app/second/user").body()).isEqualTo("ada second");
        assertThat(visitor.get("/app/second/user").body()).isEqualTo("ada second");
        assertThat(visitor.cookies()).containsOnlyKeys("connsid");
        assertThat(visitor.visit("/app/dynamic/user").body()).isEqualTo("ada dynamic");
        assertThat(visitor.get("/app/dynamic/user").body()).isEqualTo("ada dynamic");
        assertThat(visitor.cookies()).containsOnlyKeys("connsid");
    }

    @Test
    void logInThatWasNotEndedDoesNotDisturbTheSession() {
        Visitor visitor = at();
        tell("user", "ada");
        visitor.visit("/app/second/user");
        assertThat(visitor.get("/app/dynamic/user").statusCode()).isEqualTo(302);
        assertThat(visitor.cookies()).hasSize(2);
        visitor.visit("/app/second/user");
        assertThat(visitor.get("/app/second/user").body()).isEqualTo("ada second");
    }

    @Test
    void stateCookieOfAnotherTenantLetsNobodyIn() {
        tell("user", "ada");
        Visitor visitor = at();
        String login = visitor.get("/app/second/user").headers().firstValue("Location").orElseThrow();
        String answer = visitor.get(login).headers().firstValue("Location").orElseThrow()
                .replace("/app/second/", "/app/dynamic/");
        assertThat(visitor.get(answer).statusCode()).isIn(302, 401);
        assertThat(visitor.get("/app/dynamic/user").statusCode()).isEqualTo(302);
    }

    @Test
    void answerToALogInOfAnotherTenantLeavesTheSessionAsItIs() {
        tell("user", "ada");
        Visitor visitor = at();
        visitor.visit("/app/second/user");
        visitor.cookies().put("q_auth_dynamic_x", "x");
        assertThat(visitor.get("/app/second/user?code=c&state=x").statusCode()).isIn(302, 401);
        visitor.cookies().remove("q_auth_dynamic_x");
        assertThat(visitor.get("/app/second/user").body()).isEqualTo("ada second");
    }

    @Test
    void tokenOfTheRequestCountsMoreThanTheSession() throws Exception {
        Visitor visitor = at();
        tell("user", "ada");
        visitor.visit("/app/second/user");
        String token = visitor.get("/app/second/token").body();
        HttpResponse<String> response = HttpClient.newHttpClient().send(
                HttpRequest.newBuilder(URI.create(base() + "/app/second/user")).header("Authorization", "Bearer " + token)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(200);
    }

    @Test
    void providerEndsSessionsOfEachTenant() {
        for (String tenant : new String[] { "second", "dynamic" }) {
            Visitor visitor = at();
            tell("user", "ada");
            visitor.visit("/app/" + tenant + "/user");
            String token = TestProvider.logoutToken(provider(), "sub=%22sub-ada%22");
            assertThat(at().post("/app/back-channel-logout-of-" + tenant, "logout_token=" + token).statusCode()).isEqualTo(200);
            assertThat(visitor.get("/app/" + tenant + "/user").statusCode()).isEqualTo(302);
        }
    }

    @Test
    void localLogOutEndsTheSessionAlthoughNobodyAskedForTheIdentity() {
        Visitor visitor = at();
        tell("user", "ada");
        visitor.visit("/app/user");
        String cookie = visitor.cookies().get("connsid");
        visitor.get("/app/local-logout");
        Visitor stolen = at();
        stolen.cookies().put("connsid", cookie);
        assertThat(stolen.get("/app/user").statusCode()).isEqualTo(302);
    }

    private static String base() {
        return "http://localhost:" + ConfigProvider.getConfig().getValue("quarkus.http.test-port", String.class);
    }

    private static Visitor at() {
        return new Visitor(base());
    }

    @Path("/{tenant}")
    public static class Tenants {

        @Inject
        SecurityIdentity identity;

        @Inject
        AccessTokenCredential token;

        @GET
        @Authenticated
        @Path("user")
        public String user(@PathParam("tenant") String tenant) {
            return identity.getPrincipal().getName() + ' ' + tenant;
        }

        @GET
        @Authenticated
        @Path("token")
        public String token() {
            return token.getToken();
        }
    }

    @ApplicationScoped
    public static class Dynamic implements TenantConfigResolver {

        private volatile OidcTenantConfig config;

        @Override
        public Uni<OidcTenantConfig> resolve(RoutingContext context, OidcRequestContext<OidcTenantConfig> requestContext) {
            if (!context.request().path().startsWith("/app/dynamic")) {
                return Uni.createFrom().nullItem();
            }
            if (config == null) {
                config = OidcTenantConfig.authServerUrl(provider()).tenantId("dynamic").clientId(TestProvider.CLIENT)
                        .applicationType(ApplicationType.WEB_APP)
                        .credentials(TestProvider.SECRET).logout().backchannel().path("/back-channel-logout-of-dynamic")
                        .endLogout().build();
            }
            return Uni.createFrom().item(config);
        }
    }
}
