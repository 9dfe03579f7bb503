package io.quarkiverse.imsession.deployment;

import java.time.Duration;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.spi.SessionIdResolver;
import io.smallrye.common.annotation.Identifier;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** The application of koa-imsession's {@code test-utils.ts}. */
@ApplicationScoped
public class KoaRoutes {

    @Inject
    @Identifier("cookie")
    SessionIdResolver resolver;

    void register(@Observes Router router) {
        router.route("/get-session").handler(KoaRoutes::answer);
        router.route("/set-session").handler(context -> {
            ImSession.of(context)
                    .set(SessionData.of("message",
                            "hello" + Optional.ofNullable(context.request().getParam("hello")).orElse("")));
            answer(context);
        });
        router.route("/unset-session").handler(context -> {
            ImSession.of(context).destroy();
            answer(context);
        });
        router.route("/regenerate-sessionid").handler(context -> {
            ImSession.of(context).renew();
            answer(context);
        });
        router.route("/resolver/get")
                .handler(context -> context.response().end(String.join("", resolver.tokens(context.request()))));
        router.route("/resolver/set").handler(context -> {
            resolver.send(context.request(), context.response(), context.request().getParam("token"), Duration.ofDays(1));
            context.response().end();
        });
    }

    private static void answer(RoutingContext context) {
        ImSession session = ImSession.of(context);
        context.response().end(session.exists() ? session.data().get("message", String.class).orElse("") : "no session");
    }
}
