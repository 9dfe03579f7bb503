package io.quarkiverse.imsession.runtime.rest;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;

import io.quarkiverse.imsession.SessionLimitException;
import io.quarkiverse.imsession.runtime.http.ErrorResponse;

/** Answers as a request is answered whose own session is one too many. */
public final class SessionLimitExceptionMapper implements ExceptionMapper<SessionLimitException> {

    @Override
    public Response toResponse(SessionLimitException failure) {
        return ErrorResponses.response(ErrorResponse.LIMIT_REACHED);
    }
}
