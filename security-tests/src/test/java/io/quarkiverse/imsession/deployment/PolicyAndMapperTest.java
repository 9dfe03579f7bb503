package io.quarkiverse.imsession.deployment;

import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.nullValue;

import java.net.URI;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.security.Authenticated;
import io.quarkus.security.UnauthorizedException;

/** Which refusals the page "Log in with Quarkus Security" says exception mappers are asked about. */
class PolicyAndMapperTest {

    @RegisterExtension
    static final TestApp APP = TestApp.of(Guarded.class, ToLogIn.class)
            .config("quarkus.imsession.security.enabled", "true")
            .config("quarkus.oidc.enabled", "false")
            .config("quarkus.http.auth.permission.guarded.paths", "/guarded/by-policy")
            .config("quarkus.http.auth.permission.guarded.policy", "authenticated");

    @Test
    void mapperAnswersWhatAnAnnotationRefuses() {
        Client.get("/guarded/by-annotation", null).then().statusCode(303).header("Location", endsWith("/login"));
    }

    @Test
    void mapperIsNotAskedAboutWhatAPolicyRefuses() {
        Client.get("/guarded/by-policy", null).then().statusCode(401).header("Location", nullValue());
    }

    @Path("/guarded")
    public static class Guarded {

        @GET
        @Path("by-annotation")
        @Authenticated
        public String byAnnotation() {
            return "";
        }

        @GET
        @Path("by-policy")
        public String byPolicy() {
            return "";
        }
    }

    public static class ToLogIn {

        @ServerExceptionMapper
        public Response toLogIn(UnauthorizedException unauthorized) {
            return Response.seeOther(URI.create("/login")).build();
        }
    }
}
