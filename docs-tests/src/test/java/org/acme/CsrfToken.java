package org.acme;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import io.quarkiverse.imsession.ImSession;

@Path("/csrf-token")
public class CsrfToken {

    @Inject
    ImSession session;

    @GET
    @Produces(MediaType.TEXT_PLAIN)
    public String token() {
        return session.csrf().token(); // <1>
    }
}
