package io.quarkiverse.imsession.deployment;

import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.SessionData;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** Routes that hand out CSRF tokens and ask whether they are valid. */
@ApplicationScoped
public class CsrfRoutes {

    /** Carries the token to verify. */
    static final String HEADER = "X-Token";

    private final CyclicBarrier both = new CyclicBarrier(2);

    void register(@Observes Router router) {
        router.get("/csrf/token").handler(CsrfRoutes::answer);
        router.get("/csrf/token-of-two").blockingHandler(this::answerTogether, false);
        router.get("/csrf/verify").handler(context -> context.response()
                .end(String.valueOf(ImSession.of(context).csrf().verify(context.request().getHeader(HEADER)))));
        router.get("/csrf/verify-null").handler(
                context -> context.response().end(String.valueOf(ImSession.of(context).csrf().verify(null))));
        router.get("/csrf/set-then-token").handler(context -> {
            ImSession.of(context).set(SessionData.of("name", "anna"));
            answer(context);
        });
        router.get("/csrf/token-then-renew").handler(context -> {
            String token = ImSession.of(context).csrf().token();
            ImSession.of(context).renew();
            context.response().end(token);
        });
        router.get("/csrf/renew-then-token").handler(context -> {
            ImSession.of(context).renew();
            answer(context);
        });
        router.get("/csrf/destroy-then-token").handler(context -> {
            ImSession.of(context).destroy();
            answer(context);
        });
        router.get("/csrf/destroy-then-verify").handler(context -> {
            ImSession session = ImSession.of(context);
            String token = session.csrf().token();
            session.destroy();
            context.response().end(String.valueOf(session.csrf().verify(token)));
        });
        router.get("/csrf/replace-then-token").handler(context -> {
            ImSession.of(context).destroy();
            ImSession.of(context).set(SessionData.of("name", "bert"));
            answer(context);
        });
    }

    private static void answer(RoutingContext context) {
        context.response().end(ImSession.of(context).csrf().token());
    }

    /** Both have loaded their session before either answers. */
    private void answerTogether(RoutingContext context) {
        try {
            both.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
        answer(context);
    }
}
