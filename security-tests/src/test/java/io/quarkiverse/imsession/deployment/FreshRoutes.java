package io.quarkiverse.imsession.deployment;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkiverse.imsession.FreshlyAuthenticated;
import io.quarkiverse.imsession.ImSession;
import io.quarkus.vertx.web.Route;
import io.quarkus.vertx.web.Route.HttpMethod;
import io.vertx.ext.web.RoutingContext;

/** A reactive route that is guarded by a fresh log-in. */
@ApplicationScoped
public class FreshRoutes {

    @Route(path = "/fresh/route", methods = HttpMethod.GET)
    @FreshlyAuthenticated("5M")
    String route(RoutingContext context) {
        return ImSession.of(context).principal().orElseThrow();
    }
}
