package io.quarkiverse.imsession.docs;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

import io.quarkiverse.imsession.CrossSiteRequestException;
import io.quarkus.security.identity.SecurityIdentity;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;

@Path("/refused")
public class RefusedUser {

    // tag::reroute[]
    @Inject
    SecurityIdentity identity;

    void answer(@Observes Router router) {
        router.route().failureHandler(context -> {
            if (context.failure() instanceof CrossSiteRequestException) {
                context.reroute(HttpMethod.GET, "/refused");
            } else {
                context.next();
            }
        });
    }

    @GET
    public Response answer() {
        return Response.status(403).entity(identity.hasRole("admin") ? "Use a token." : "Load the page again.").build(); // <1>
    }
    // end::reroute[]
}
