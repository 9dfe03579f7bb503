package io.quarkiverse.imsession.it.paths;

import jakarta.enterprise.event.Observes;

import io.quarkiverse.imsession.ImSession;
import io.vertx.ext.web.Router;

/** Plain Vert.x routes. */
final class VertxPaths {

    private static final String ROOT = Told.ROOT + "vertx/";

    void init(@Observes Router router) {
        router.get(Told.ROOT + "login").handler(
                context -> context.end(Told.login(ImSession.of(context), context.request().getParam("name"))));
        router.post(ROOT + "transfer").handler(context -> context.end(Told.TRANSFER));
        router.post(ROOT + "hooks/*").handler(context -> context.end(Told.HOOK));
        router.post(ROOT + "hook").handler(context -> context.end(Told.HOOK));
        router.post(ROOT + "caf%C3%A9").handler(context -> context.end(Told.HOOK));
        router.get(ROOT + "account").handler(context -> context.end(Told.account(ImSession.of(context))));
        router.get(ROOT + "public/*").handler(context -> context.end(Told.PUBLIC));
    }
}
