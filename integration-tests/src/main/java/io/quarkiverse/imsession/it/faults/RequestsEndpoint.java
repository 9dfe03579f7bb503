package io.quarkiverse.imsession.it.faults;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;

/**
 * Tells how many requests that reached the application are still being answered, how many are still in memory, and how
 * many clients have left.
 */
@Path("/faults/requests")
@ApplicationScoped
public class RequestsEndpoint {

    private static final int FIRST = 1000;

    private final Set<Reference<RoutingContext>> seen = ConcurrentHashMap.newKeySet();
    private final ReferenceQueue<RoutingContext> gone = new ReferenceQueue<>();

    void register(@Observes Filters filters) {
        filters.register(context -> {
            forgetGone();
            seen.add(new WeakReference<>(context, gone));
            context.next();
        }, FIRST);
    }

    /**
     * Includes the request that asks.
     *
     * @param leftBy the {@code value} of the requests that are counted as {@code left} if their clients are gone
     */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Map<String, Long> requests(@QueryParam("leftBy") String leftBy) {
        System.gc();
        seen.removeIf(request -> request.get() == null);
        return Map.of("open", count(request -> !request.response().ended()), "live", (long) seen.size(), "left",
                count(request -> request.request().getParam("value", "").equals(leftBy) && request.response().closed()));
    }

    private long count(Predicate<RoutingContext> condition) {
        return seen.stream().map(Reference::get).filter(request -> request != null && condition.test(request)).count();
    }

    private void forgetGone() {
        for (Reference<?> request = gone.poll(); request != null; request = gone.poll()) {
            seen.remove(request);
        }
    }
}
