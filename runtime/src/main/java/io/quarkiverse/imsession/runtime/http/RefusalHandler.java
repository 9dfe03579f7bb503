package io.quarkiverse.imsession.runtime.http;

import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;
import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.RequestRefusedException;
import io.quarkiverse.imsession.runtime.log.LimitedLog;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;

/**
 * The last failure handler before that of Quarkus. It answers refused requests that no other handler has answered, and those
 * that a route has failed with the exception of a commit on demand.
 */
public final class RefusalHandler implements Handler<RoutingContext> {

    private static final LimitedLog LOG = new LimitedLog(Logger.getLogger("io.quarkiverse.imsession"), Level.ERROR);

    private final @Nullable Handler<RoutingContext> mappers;

    /** @param mappers lets exception mappers answer; null if the application has none */
    public RefusalHandler(@Nullable Handler<RoutingContext> mappers) {
        this.mappers = mappers;
    }

    @Override
    public void handle(RoutingContext context) {
        RequestRefusedException refusal = Refusals.of(context);
        Throwable failure = context.failure();
        if (refusal == null && !(failure instanceof RequestRefusedException)) {
            context.next();
        } else if (refusal != null && failure != refusal) {
            LOG.logWithTrace(failure, "The application failed to answer a request that was refused (%s)",
                    refusal.reason());
            answerInstead(context, refusal);
        } else if (mappers != null) {
            mappers.handle(context);
        } else {
            ErrorResponse.of((RequestRefusedException) failure).send(context.request());
        }
    }

    private static void answerInstead(RoutingContext context, RequestRefusedException refusal) {
        if (!ErrorResponse.hasBegun(context.request())) {
            ErrorResponse.takeBack(context.request(), refusal.status());
            ErrorResponse.of(refusal).send(context.request());
        } else if (!context.response().ended()) {
            context.response().close();
        }
    }
}
