package io.quarkiverse.imsession.deployment;

import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.SessionData;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** The application of redis-session-sets' {@code __tests__/index.js}, and a few routes more. */
@ApplicationScoped
public class SetsRoutes {

    void register(@Observes Router router) {
        router.post("/sets").handler(context -> {
            session(context).update(data -> data.with("number", 1).with("string", "string"));
            noContent(context);
        });
        router.get("/sets").handler(context -> context.response().end(session(context).data().asMap().toString()));
        router.delete("/sets/fields").handler(context -> {
            session(context).update(data -> data.without("number", "string"));
            noContent(context);
        });
        router.get("/sets/touch").handler(context -> {
            session(context).touch();
            noContent(context);
        });
        router.delete("/sets").handler(context -> {
            session(context).destroy();
            noContent(context);
        });
        router.get("/sets/csrf").handler(context -> {
            ImSession session = session(context);
            context.response().end(session.csrf().token() + ' ' + session.csrf().verify(session.csrf().token()));
        });
        router.get("/sets/csrf/verify").handler(context -> context.response()
                .end(Boolean.toString(session(context).csrf().verify(context.request().getParam("token")))));
        router.get("/sets/user").handler(context -> {
            session(context).update(data -> data.with("user_id", context.request().getParam("id")));
            noContent(context);
        });
        router.get("/sets/user/object").handler(context -> {
            session(context).update(data -> data.with("user_id", Map.of("id", 1)));
            noContent(context);
        });
        router.get("/sets/again").handler(context -> {
            session(context).destroy();
            session(context).set(SessionData.of("user_id", "again"));
            noContent(context);
        });
    }

    private static ImSession session(RoutingContext context) {
        return ImSession.of(context);
    }

    private static void noContent(RoutingContext context) {
        context.response().setStatusCode(204).end();
    }
}
