package io.quarkiverse.imsession.docs;

import java.util.Map;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import io.quarkiverse.imsession.RequestRefusedException;
import io.vertx.ext.web.Router;

/** Answers calls of an API that are refused. */
@Singleton
public class RefusedCalls {

    // tag::handler[]
    void answer(@Observes Router router) {
        router.route("/api/*").failureHandler(context -> {
            if (context.failure() instanceof RequestRefusedException refused) {
                context.json(Map.of("refused", refused.reason().name())); // <1>
            } else {
                context.next(); // <2>
            }
        });
    }
    // end::handler[]
}
