package io.quarkiverse.imsession.runtime.redis.client;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;

/**
 * A link for each event loop that handles requests. Each link has its own client, as a client binds all its connections to the
 * event loop that made it. No connection comes from the pool of the application's client.
 */
public final class RedisLinks {

    private final Map<ContextInternal, RedisLink> links = new ConcurrentHashMap<>();
    private final Supplier<Redis> clients;
    private final RedisClock clock;
    private final Duration timeout;
    private final ContextInternal otherThreads;
    private volatile boolean closed;

    public RedisLinks(Vertx vertx, Supplier<Redis> clients, RedisClock clock, Duration timeout) {
        this.clients = clients;
        this.clock = clock;
        this.timeout = timeout;
        this.otherThreads = root(vertx.getOrCreateContext());
    }

    /** @param whenDone takes the reply or the failure, on an event loop; must not throw */
    void send(Request request, BiConsumer<@Nullable Response, @Nullable Throwable> whenDone) {
        Context current = Context.isOnEventLoopThread() ? Vertx.currentContext() : null;
        ContextInternal root = current == null ? otherThreads : root(current);
        RedisLink link = links.computeIfAbsent(root, context -> new RedisLink(context, clients, clock, timeout));
        if (current != null) {
            send(link, request, whenDone);
        } else {
            root.runOnContext(ignored -> send(link, request, whenDone));
        }
    }

    private void send(RedisLink link, Request request, BiConsumer<@Nullable Response, @Nullable Throwable> whenDone) {
        if (closed) {
            // close() does not know a link that was made afterwards.
            link.close();
        }
        link.send(request, whenDone);
    }

    /** The context of the event loop itself, which many requests share. */
    public static ContextInternal root(Context context) {
        return (ContextInternal) VertxContext.getRootContext(context);
    }

    /** Closes all connections. Commands that have no reply yet, and all later ones, fail. */
    public void close() {
        closed = true;
        links.values().forEach(link -> link.context().runOnContext(ignored -> link.close()));
    }
}
