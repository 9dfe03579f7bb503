package io.quarkiverse.imsession.runtime.http;

import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;
import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.RequestRefusedException;
import io.quarkiverse.imsession.SessionStoreException;
import io.quarkiverse.imsession.runtime.log.LimitedLog;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;

/**
 * The last failure handler before that of Quarkus. It answers refused requests that no other handler has answered, and those
 * that a route has failed with the exception of a commit or of {@code ImSessions}.
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
        if (refusal != null && failure != refusal) {
            LOG.logWithTrace(failure, "The application failed to answer a request that was refused (%s)",
                    refusal.reason());
            answerInstead(context, refusal);
        } else if (!(failure instanceof RequestRefusedException thrown)) {
            context.next();
        } else if (ErrorResponse.hasBegun(context.request())) {
            breakOff(context);
        } else if (mappers != null) {
            mappers.handle(context);
        } else {
            if (refusal == null && thrown instanceof SessionStoreException) {
                LOG.log("A route could not use the session store: %s", thrown);
            }
            context.response().headers().remove("Content-Length");
            ErrorResponse.of(thrown).send(context.request());
        }
    }

    private static void answerInstead(RoutingContext context, RequestRefusedException refusal) {
        if (ErrorResponse.hasBegun(context.request())) {
            breakOff(context);
        } else {
            ErrorResponse.takeBack(context.request(), refusal.status());
            ErrorResponse.of(refusal).send(context.request());
        }
    }

    private static void breakOff(RoutingContext context) {
        if (!context.response().ended()) {
            context.response().close();
        }
    }
}
