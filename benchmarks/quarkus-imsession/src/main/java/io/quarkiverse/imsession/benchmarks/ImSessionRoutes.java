package io.quarkiverse.imsession.benchmarks;

import java.util.List;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.SessionData;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** The routes with the sessions of this extension. */
@Singleton
class ImSessionRoutes {

    private static final List<String> CART = List.of("item-0001", "item-0002", "item-0003", "item-0004", "item-0005",
            "item-0006",
            "item-0007", "item-0008", "item-0009", "item-0010");

    void routes(@Observes Router router) {
        router.get("/plain").handler(context -> answer(context, "hello"));
        router.post("/login").handler(ImSessionRoutes::login);
        router.get("/read").handler(ImSessionRoutes::read);
        router.post("/inc").handler(ImSessionRoutes::increment);
        router.post("/logout").handler(ImSessionRoutes::logout);
    }

    private static void login(RoutingContext context) {
        ImSession.of(context).set(SessionData.of("user", context.request().getParam("user"), "views", 0, "theme", "dark",
                "cart", CART));
        answer(context, "ok");
    }

    private static void read(RoutingContext context) {
        ImSession session = ImSession.of(context);
        if (session.exists()) {
            SessionData data = session.data();
            answer(context,
                    data.get("user", String.class).orElseThrow() + ' ' + data.get("views", Integer.class).orElseThrow());
        } else {
            context.fail(401);
        }
    }

    private static void increment(RoutingContext context) {
        ImSession session = ImSession.of(context);
        if (session.exists()) {
            session.update(data -> data.with("views", data.get("views", Integer.class).orElseThrow() + 1));
            answer(context, Integer.toString(session.data().get("views", Integer.class).orElseThrow()));
        } else {
            context.fail(401);
        }
    }

    private static void logout(RoutingContext context) {
        ImSession.of(context).destroy();
        answer(context, "ok");
    }

    private static void answer(RoutingContext context, String text) {
        context.response().putHeader("Content-Type", "text/plain").end(text);
    }
}
