package io.quarkiverse.imsession.deployment;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.SessionCommittedException;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionException;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** Plain routes that do to the session what their path says, and answer with its data. */
@ApplicationScoped
public class Routes {

    void register(@Observes Router router) {
        router.get("/read").handler(Routes::answer);
        router.get("/set").handler(context -> {
            session(context).set(data(context));
            answer(context);
        });
        router.get("/update").handler(context -> {
            SessionData more = data(context);
            session(context).update(before -> {
                Map<String, Object> merged = new HashMap<>(before.asMap());
                merged.putAll(more.asMap());
                return SessionData.of(merged);
            });
            answer(context);
        });
        router.get("/destroy").handler(context -> {
            session(context).destroy();
            answer(context);
        });
        router.get("/replace").handler(context -> {
            session(context).destroy();
            session(context).set(data(context));
            answer(context);
        });
        router.get("/renew").handler(context -> {
            session(context).renew();
            answer(context);
        });
        router.get("/touch").handler(context -> {
            session(context).touch(Duration.ofMinutes(5));
            answer(context);
        });
        router.get("/set-and-fail").handler(context -> {
            session(context).set(data(context));
            context.response().setStatusCode(500).end("broken");
        });
        router.get("/set-with-cache-control").handler(context -> {
            session(context).set(SessionData.of("page", 1));
            context.response().putHeader("Cache-Control", context.request().getParam("value")).end();
        });
        router.get("/set-and-tell").handler(context -> {
            try {
                session(context).set(data(context));
                context.response().end("stored");
            } catch (SessionException e) {
                context.response().end(e.getClass().getSimpleName() + ": " + e.getMessage());
            }
        });
        router.get("/account/read").handler(Routes::answer);
        router.get("/account/public/read").handler(Routes::answerOrTellWhyNot);
        router.get("/excluded/read").handler(Routes::answerOrTellWhyNot);
        router.get("/set-too-late").handler(context -> {
            context.response().setChunked(true).write("begun ");
            try {
                session(context).set(data(context));
                context.response().end("stored");
            } catch (SessionCommittedException e) {
                context.response().end(e.getMessage());
            }
        });
        router.get("/set-too-late-and-commit").handler(context -> {
            context.response().setChunked(true).write("begun ");
            session(context).set(data(context));
            session(context).commit().subscribe().with(data -> context.response().end(data.asMap().toString()), context::fail);
        });
    }

    private static ImSession session(RoutingContext context) {
        return ImSession.of(context);
    }

    private static SessionData data(RoutingContext context) {
        Map<String, Object> values = new HashMap<>();
        context.queryParams().forEach(values::put);
        return SessionData.of(values);
    }

    private static void answerOrTellWhyNot(RoutingContext context) {
        try {
            answer(context);
        } catch (IllegalStateException e) {
            context.response().end(e.getMessage());
        }
    }

    private static void answer(RoutingContext context) {
        ImSession session = session(context);
        context.response().end(session.exists() ? session.data().asMap().toString() : "no session");
    }
}
