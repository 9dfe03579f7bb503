package io.quarkiverse.imsession.runtime.redis.client;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

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
 * <p>
 * Changes that replicas must have go over a second link of the event loop: the server runs no other command of a connection
 * while that waits for replicas, and reading must not wait behind them.
 */
public final class RedisLinks {

    private final Map<ContextInternal, RedisLink> links = new ConcurrentHashMap<>();
    private final Map<ContextInternal, RedisLink> linksOfChanges = new ConcurrentHashMap<>();
    private final Supplier<Redis> clients;
    private final RedisClock clock;
    private final Duration timeout;
    private final Replicas replicas;
    private final ContextInternal otherThreads;
    private volatile Runnable reconnected = () -> {
    };
    private volatile boolean closed;

    /** @param replicas the replicas that changes wait for */
    public RedisLinks(Vertx vertx, Supplier<Redis> clients, RedisClock clock, Duration timeout, Replicas replicas) {
        this.clients = clients;
        this.clock = clock;
        this.timeout = timeout;
        this.replicas = replicas;
        this.otherThreads = root(vertx.getOrCreateContext());
    }

    /**
     * @param change whether replicas must have what the request changes; then the reply is that of {@link RedisLink#change}
     * @param whenDone takes the reply or the failure, on an event loop; must not throw
     */
    void send(Request request, boolean change, BiConsumer<@Nullable Response, @Nullable Throwable> whenDone) {
        Context current = Context.isOnEventLoopThread() ? Vertx.currentContext() : null;
        ContextInternal root = current == null ? otherThreads : root(current);
        RedisLink link = (change ? linksOfChanges : links).computeIfAbsent(root,
                context -> new RedisLink(context, clients, clock, timeout, replicas, () -> reconnected.run(),
                        () -> forEach(RedisLink::lookForPrimary)));
        if (current != null) {
            send(link, request, change, whenDone);
        } else {
            root.runOnContext(ignored -> send(link, request, change, whenDone));
        }
    }

    private void send(RedisLink link, Request request, boolean change,
            BiConsumer<@Nullable Response, @Nullable Throwable> whenDone) {
        if (closed) {
            // close() does not know a link that was made afterwards.
            link.close();
        }
        if (change) {
            link.change(request, whenDone);
        } else {
            link.send(request, whenDone);
        }
    }

    /** @param task runs whenever a lost connection was replaced by another one, which may lead to another server */
    void whenReconnected(Runnable task) {
        reconnected = task;
    }

    Replicas replicas() {
        return replicas;
    }

    /** The context of the event loop itself, which many requests share. */
    public static ContextInternal root(Context context) {
        return (ContextInternal) VertxContext.getRootContext(context);
    }

    /** Closes all connections. Commands that have no reply yet, and all later ones, fail. */
    public void close() {
        closed = true;
        forEach(RedisLink::close);
    }

    private void forEach(Consumer<RedisLink> task) {
        Stream.of(links, linksOfChanges).flatMap(all -> all.values().stream())
                .forEach(link -> link.context().runOnContext(ignored -> task.accept(link)));
    }
}
