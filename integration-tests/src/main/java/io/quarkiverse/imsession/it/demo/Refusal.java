package io.quarkiverse.imsession.it.demo;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;

/** What is answered to requests that are not fulfilled: a sentence as plain text. */
final class Refusal {

    private Refusal() {
    }

    static WebApplicationException badRequest(String message) {
        return of(Status.BAD_REQUEST, message);
    }

    static WebApplicationException notLoggedIn() {
        return of(Status.UNAUTHORIZED, "Nobody is logged in here.");
    }

    static WebApplicationException wrongPassword() {
        return of(Status.UNAUTHORIZED, "There is no user with this name and password.");
    }

    /** The same for what is there and what is not: nobody learns which sessions others have. */
    static WebApplicationException noSuchDevice() {
        return of(Status.NOT_FOUND, "You have no such device.");
    }

    private static WebApplicationException of(Status status, String message) {
        return new WebApplicationException(message,
                Response.status(status).type(MediaType.TEXT_PLAIN_TYPE).entity(message + '\n').build());
    }
}
