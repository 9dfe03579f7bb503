package io.quarkiverse.imsession.it.transactions;

import jakarta.enterprise.event.Observes;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.RequestRefusedException;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** Plain Vert.x routes. */
final class VertxTransactions {

    private static final String WHAT = "what";

    void init(@Observes Router router) {
        router.post("/transactions/vertx/ticket")
                .handler(context -> end(context, Raise.ticket(ImSession.of(context))));
        router.post("/transactions/vertx/:what")
                .handler(context -> context.end(Raise.one(ImSession.of(context), context.pathParam(WHAT))));
        router.get("/transactions/late/vertx/:what").handler(VertxTransactions::late);
    }

    private static void late(RoutingContext context) {
        context.response().setChunked(true).write("begun, ").onSuccess(
                begun -> end(context, Raise.late(ImSession.of(context), context.pathParam(WHAT))));
    }

    private static void end(RoutingContext context, Uni<String> answer) {
        answer.onFailure(RequestRefusedException.class).invoke(
                refusal -> context.response().setStatusCode(((RequestRefusedException) refusal).status()))
                .onFailure(RequestRefusedException.class).recoverWithItem("refused")
                .subscribe().with(context::end, context::fail);
    }
}
