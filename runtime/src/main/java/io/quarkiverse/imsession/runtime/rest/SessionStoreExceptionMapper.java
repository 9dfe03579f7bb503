package io.quarkiverse.imsession.runtime.rest;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;

import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;

import io.quarkiverse.imsession.SessionStoreException;
import io.quarkiverse.imsession.runtime.http.ErrorResponse;
import io.quarkiverse.imsession.runtime.log.LimitedLog;

/** Answers as a request is answered whose own session cannot be loaded or stored. */
public final class SessionStoreExceptionMapper implements ExceptionMapper<SessionStoreException> {

    private static final LimitedLog LOG = new LimitedLog(Logger.getLogger("io.quarkiverse.imsession"), Level.ERROR);

    @Override
    public Response toResponse(SessionStoreException failure) {
        LOG.log("An endpoint could not use the session store: %s", failure);
        return ErrorResponses.response(ErrorResponse.STORE_UNAVAILABLE);
    }
}
