package io.quarkiverse.imsession.runtime.rest;

import jakarta.ws.rs.core.Response;

import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveExceptionMapper;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;

import io.quarkiverse.imsession.RequestRefusedException;
import io.quarkiverse.imsession.SessionStoreException;
import io.quarkiverse.imsession.runtime.http.ErrorResponse;
import io.quarkiverse.imsession.runtime.http.Refusals;
import io.quarkiverse.imsession.runtime.log.LimitedLog;
import io.vertx.ext.web.RoutingContext;

/**
 * Answers refused requests, unless the application has a mapper for them. Also answers for endpoints in which {@code
 * ImSessions} has thrown an exception.
 */
public final class RequestRefusedExceptionMapper implements ResteasyReactiveExceptionMapper<RequestRefusedException> {

    private static final LimitedLog LOG = new LimitedLog(Logger.getLogger("io.quarkiverse.imsession"), Level.ERROR);

    @Override
    public Response toResponse(RequestRefusedException failure, ServerRequestContext context) {
        RoutingContext routing = ((ResteasyReactiveRequestContext) context).unwrap(RoutingContext.class);
        boolean ofEndpoint = Refusals.of(routing) == null;
        if (ofEndpoint && failure instanceof SessionStoreException) {
            LOG.log("An endpoint could not use the session store: %s", failure);
        }
        return toResponse(failure);
    }

    @Override
    public Response toResponse(RequestRefusedException failure) {
        ErrorResponse answer = ErrorResponse.of(failure);
        Response.ResponseBuilder response = Response.status(answer.status()).entity(answer.message());
        answer.headers().forEach(response::header);
        return response.build();
    }
}
