package io.quarkiverse.imsession.runtime.rest;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;

import org.jboss.logging.Logger;

import io.quarkiverse.imsession.SessionStoreException;
import io.quarkiverse.imsession.runtime.http.ErrorResponse;

/** Answers as a request is answered whose own session cannot be loaded or stored. */
public final class SessionStoreExceptionMapper implements ExceptionMapper<SessionStoreException> {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.imsession");

    @Override
    public Response toResponse(SessionStoreException failure) {
        LOG.errorf("An endpoint could not use the session store: %s", failure.getMessage());
        return ErrorResponses.response(ErrorResponse.STORE_UNAVAILABLE);
    }
}
