package io.quarkiverse.imsession.runtime.devices;

import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import io.quarkiverse.imsession.runtime.session.Contexts;
import io.quarkus.arc.Arc;
import io.quarkus.arc.ArcContainer;
import io.quarkus.arc.ManagedContext;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;

/**
 * The beans of a request, for the template of a page: a layout of the application asks for them, as for
 * {@code inject:imSession}, and need not know that no endpoint renders it.
 */
final class RequestScope {

    private RequestScope() {
    }

    /** Does something with the beans of the request of the calling thread. */
    static <T> Uni<T> with(RoutingContext context, Supplier<CompletionStage<T>> work) {
        ArcContainer container = Arc.container();
        ManagedContext scope = container.requestContext();
        if (scope.isActive()) {
            return Uni.createFrom().completionStage(work);
        }
        return Uni.createFrom().deferred(() -> {
            scope.activate();
            container.instance(CurrentVertxRequest.class).get().setCurrent(context);
            container.instance(CurrentIdentityAssociation.class).get()
                    .setIdentity(QuarkusHttpUser.getSecurityIdentity(context, null));
            return Uni.createFrom().completionStage(work);
        }).emitOn(Contexts.ofCaller()).onTermination().invoke(scope::terminate);
    }
}
