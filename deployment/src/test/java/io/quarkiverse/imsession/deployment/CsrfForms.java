package io.quarkiverse.imsession.deployment;

import java.util.concurrent.atomic.AtomicInteger;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.SessionData;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** What a request may do that another site would like to make a browser send. Notes whether it got here. */
@Singleton
public class CsrfForms {

    private final AtomicInteger calls = new AtomicInteger();

    void register(@Observes Router router) {
        router.get("/csrf/token").handler(context -> context.response().end(ImSession.of(context).csrf().token()));
        router.route("/change").handler(this::change);
        router.route("/hooks/change").handler(this::change);
        router.post("/login").handler(context -> {
            ImSession.of(context).set(SessionData.of("name", "anna"));
            change(context);
        });
    }

    /** How often the application was called by {@code work}. */
    int calls(Runnable work) {
        int before = calls.get();
        work.run();
        return calls.get() - before;
    }

    void change(RoutingContext context) {
        calls.incrementAndGet();
        context.response().end("changed");
    }
}
