package io.quarkiverse.imsession.deployment;

import java.util.concurrent.atomic.AtomicInteger;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import io.quarkiverse.imsession.ImSession;
import io.vertx.core.http.Cookie;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** Plain routes that change the session, and what their answers leave behind. */
@Singleton
public class RefusedRoutes {

    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger cleaned = new AtomicInteger();

    void register(@Observes Router router) {
        router.route("/route/change").handler(this::change);
        router.route("/worker/change").blockingHandler(this::change);
        router.route("/chunks/change").handler(context -> {
            prepare(context);
            context.response().setChunked(true).write("changed ")
                    .compose(written -> context.response().end("twice"))
                    .onFailure(stopped -> context.request().connection().close());
        });
    }

    int calls() {
        return calls.get();
    }

    int cleaned() {
        return cleaned.get();
    }

    private void change(RoutingContext context) {
        prepare(context);
        context.response().end("changed");
    }

    private void prepare(RoutingContext context) {
        calls.incrementAndGet();
        context.addEndHandler(ended -> cleaned.incrementAndGet());
        context.response().putHeader("X-Application", "answered").putHeader("Vary", "X-Kept")
                .putHeader("Content-Type", "text/x")
                .addCookie(Cookie.cookie("theme", "dark"));
        context.response().setStatusCode(201).setStatusMessage("Made");
        ImSession.of(context).update(data -> data.with("name", "changed"));
    }
}
