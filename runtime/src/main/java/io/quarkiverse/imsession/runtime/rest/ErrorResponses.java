package io.quarkiverse.imsession.runtime.rest;

import java.util.Map;

import jakarta.ws.rs.core.Response;

import io.quarkiverse.imsession.runtime.http.ErrorResponse;

/** The answers of the extension, as responses of Jakarta REST. */
final class ErrorResponses {

    private ErrorResponses() {
    }

    static Response response(ErrorResponse error) {
        Response.ResponseBuilder response = Response.status(error.status()).entity(error.message());
        for (Map.Entry<String, String> header : error.headers().entrySet()) {
            response.header(header.getKey(), header.getValue());
        }
        return response.build();
    }
}
