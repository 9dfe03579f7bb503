package io.quarkiverse.imsession.deployment;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionEvent.Destroyed;
import io.quarkiverse.imsession.spi.Expiry;
import io.quarkiverse.imsession.spi.NewSession;
import io.quarkiverse.imsession.spi.SessionStore;
import io.quarkiverse.imsession.spi.SessionToken;
import io.vertx.ext.web.Router;

/** Makes the sessions that the Dev UI shows, and tells which ended, and by whom. */
@ApplicationScoped
public class DevUiRoutes {

    private final List<String> ended = new CopyOnWriteArrayList<>();

    void register(@Observes Router router, SessionStore store) {
        router.get("/visit").handler(context -> {
            ImSession session = ImSession.of(context);
            session.set(SessionData.of("user_id", context.request().getParam("user"), "exact", 9007199254740993L,
                    "nested", List.of("<b>bold</b>")));
            session.label("a laptop");
            context.response().end();
        });
        router.get("/log-in").blockingHandler(context -> { // As ImSession.login does, which needs Quarkus Security.
            SessionToken token = SessionToken.generate(new SecureRandom());
            store.create(token.id(), new NewSession(token.hash(), SessionData.of("principal", "ada"),
                    Map.of("@login", "{\"principal\":\"ada\",\"roles\":[\"clerk\",\"admin\"]}"),
                    new Expiry(Duration.ofHours(1), null, null))).toCompletableFuture().join();
            context.response().end(token.id().value());
        });
        router.get("/read").handler(context -> context.response().end(String.valueOf(ImSession.of(context).exists())));
        router.get("/many").blockingHandler(context -> {
            SecureRandom random = new SecureRandom();
            for (int i = Integer.parseInt(context.request().getParam("count")); i > 0; i--) {
                SessionToken token = SessionToken.generate(random);
                store.create(token.id(), new NewSession(token.hash(), SessionData.of("number", i),
                        new Expiry(Duration.ofHours(1), null, null))).toCompletableFuture().join();
            }
            context.response().end();
        });
        router.get("/ended").handler(context -> context.response().end(String.join(",", ended)));
    }

    void observe(@ObservesAsync Destroyed event) {
        ended.add(event.id() + " " + event.cause());
    }
}
