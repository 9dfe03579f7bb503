package io.quarkiverse.imsession.runtime.http;

import org.jboss.logging.Logger;

import io.quarkiverse.imsession.RequestRefusedException;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;

/** The last failure handler but that of Quarkus. It answers a refused request that nobody else has answered. */
public final class DefaultAnswer implements Handler<RoutingContext> {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.imsession");

    @Override
    public void handle(RoutingContext context) {
        RequestRefusedException refusal = Refusals.of(context);
        if (refusal == null) {
            context.next();
            return;
        }
        if (context.failure() != refusal) {
            LOG.errorf(context.failure(), "The application failed to answer a request that was refused (%s). It got the default"
                    + " answer", refusal.reason());
            takeBack(context, refusal);
        }
        ErrorResponse.of(refusal).send(context.request());
    }

    private static void takeBack(RoutingContext context, RequestRefusedException refusal) {
        if (!ErrorResponse.hasBegun(context.request())) {
            ErrorResponse.takeBack(context.request(), refusal.status());
        } else if (!context.response().ended()) {
            context.response().close();
        }
    }
}
