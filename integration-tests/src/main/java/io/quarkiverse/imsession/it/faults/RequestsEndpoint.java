package io.quarkiverse.imsession.it.faults;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;

/**
 * Tells how many requests that reached the application are still being answered, and how many are still in memory, and
 * how many clients have left before they were answered.
 */
@Path("/faults/requests")
@ApplicationScoped
public class RequestsEndpoint {

    private static final int FIRST = 1000;

    private final Set<Reference<RoutingContext>> seen = ConcurrentHashMap.newKeySet();
    private final AtomicLong left = new AtomicLong();
    private final ReferenceQueue<RoutingContext> gone = new ReferenceQueue<>();

    void register(@Observes Filters filters) {
        filters.register(context -> {
            forgetGone();
            seen.add(new WeakReference<>(context, gone));
            context.addEndHandler(ended -> {
                if (ended.failed()) {
                    left.incrementAndGet();
                }
            });
            context.next();
        }, FIRST);
    }

    /** Includes the request that asks. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Map<String, Long> requests() {
        System.gc();
        seen.removeIf(request -> request.get() == null);
        long open = seen.stream().map(Reference::get).filter(request -> request != null && !request.response().ended())
                .count();
        return Map.of("open", open, "live", (long) seen.size(), "left", left.get());
    }

    private void forgetGone() {
        for (Reference<?> request = gone.poll(); request != null; request = gone.poll()) {
            seen.remove(request);
        }
    }
}
