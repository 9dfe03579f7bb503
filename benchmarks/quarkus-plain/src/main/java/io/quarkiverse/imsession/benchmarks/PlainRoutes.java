package io.quarkiverse.imsession.benchmarks;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import io.vertx.ext.web.Router;

/** A request that has nothing to do with sessions, in an application that has none. */
@Singleton
class PlainRoutes {

    void routes(@Observes Router router) {
        router.get("/plain").handler(context -> context.response().putHeader("Content-Type", "text/plain").end("hello"));
    }
}
