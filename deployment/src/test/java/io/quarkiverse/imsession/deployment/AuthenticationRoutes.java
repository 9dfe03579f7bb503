package io.quarkiverse.imsession.deployment;

import java.time.Duration;
import java.time.Instant;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.SessionData;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** Plain routes that tell when the session was made and authenticated, and whether that is fresh. */
@ApplicationScoped
public class AuthenticationRoutes {

    void register(@Observes Router router) {
        router.get("/authentication").handler(AuthenticationRoutes::answer);
        router.get("/authentication/renew").handler(context -> {
            ImSession.of(context).renew();
            answer(context);
        });
        router.get("/authentication/login").handler(context -> {
            ImSession.of(context).renew();
            ImSession.of(context).set(SessionData.of("user", "anna"));
            answer(context);
        });
        router.get("/authentication/make").handler(context -> {
            ImSession.of(context).set(SessionData.of("user", "anna"));
            answer(context);
        });
        router.get("/authentication/end").handler(context -> {
            ImSession.of(context).destroy();
            answer(context);
        });
    }

    private static void answer(RoutingContext context) {
        ImSession session = ImSession.of(context);
        String within = context.request().getParam("within", "PT5M");
        context.response().end(session.createdAt().map(Instant::toString).orElse("-")
                + " " + session.authenticatedAt().map(Instant::toString).orElse("-")
                + " " + session.isFresh(Duration.parse(within)));
    }
}
