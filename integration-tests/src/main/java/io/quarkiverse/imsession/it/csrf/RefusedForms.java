package io.quarkiverse.imsession.it.csrf;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.RequestRefusedException;
import io.quarkus.vertx.web.Route;
import io.quarkus.vertx.web.RouteBase;
import io.vertx.core.http.HttpServerResponse;

/** A reactive route that answers for itself when its requests are refused. */
@ApplicationScoped
@RouteBase(path = "/forms/refused")
public class RefusedForms {

    private final ImSession session;

    RefusedForms(ImSession session) {
        this.session = session;
    }

    @Route(path = "form", methods = Route.HttpMethod.POST)
    String form() {
        return "changed";
    }

    @Route(path = "*", type = Route.HandlerType.FAILURE)
    void refused(RequestRefusedException refusal, HttpServerResponse response) {
        response.end("Refused for " + refusal.reason() + " in a session with " + session.data().names().size() + " field");
    }
}
