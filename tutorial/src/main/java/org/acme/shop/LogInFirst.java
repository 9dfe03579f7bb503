package org.acme.shop;

import java.net.URI;

import jakarta.inject.Inject;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;

import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

import io.quarkus.security.UnauthorizedException;

/** Sends visitors that are not logged in to the log-in. */
public class LogInFirst {

    @Inject
    WantedPage wanted;

    @ServerExceptionMapper
    public Response toLogIn(UnauthorizedException unauthorized, ContainerRequestContext request) {
        if (request.getMethod().equals(HttpMethod.GET)) {
            wanted.remember(request.getUriInfo().getPath());
        }
        return Response.seeOther(URI.create("/login")).build();
    }
}
