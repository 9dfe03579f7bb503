package io.quarkiverse.imsession.it.paths;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import io.quarkiverse.imsession.ImSession;
import io.quarkus.vertx.web.Route;
import io.quarkus.vertx.web.RouteBase;

/** Reactive routes. */
@ApplicationScoped
@RouteBase(path = Told.ROOT + "routes")
public class RoutesPaths {

    @Inject
    ImSession session;

    @Route(path = "transfer", methods = Route.HttpMethod.POST)
    String transfer() {
        return Told.TRANSFER;
    }

    @Route(path = "hooks/*", methods = Route.HttpMethod.POST)
    String hooks() {
        return Told.HOOK;
    }

    @Route(path = "hook", methods = Route.HttpMethod.POST)
    String hook() {
        return Told.HOOK;
    }

    @Route(path = "account", methods = Route.HttpMethod.GET)
    String account() {
        return Told.account(session);
    }

    @Route(path = "public/*", methods = Route.HttpMethod.GET)
    String open() {
        return Told.PUBLIC;
    }
}
