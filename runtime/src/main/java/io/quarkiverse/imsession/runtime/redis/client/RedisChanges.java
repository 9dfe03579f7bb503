package io.quarkiverse.imsession.runtime.redis.client;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.LongStream;

import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;
import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.redis.RedisKeys;
import io.quarkiverse.imsession.runtime.log.LimitedLog;
import io.quarkiverse.imsession.spi.SessionChanges.Listener;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import io.vertx.redis.client.Redis;

/**
 * Tells which sessions change in Redis, in a cluster over a connection to each primary. It tells changes only while all of them
 * listen.
 */
public final class RedisChanges implements PushConnection.Owner {

    private static final LimitedLog TOLD = new LimitedLog(Logger.getLogger("io.quarkiverse.imsession"), Level.INFO);
    private static final LimitedLog LOST = new LimitedLog(Logger.getLogger("io.quarkiverse.imsession"), Level.WARN);
    private static final String ONLY = "";
    /** How many signs of life are asked for in the time that the servers may be silent. */
    private static final int SIGNS = 4;

    private final RedisCommands redis;
    private final RedisLinks links;
    private final RedisKeys keys;
    private final Supplier<Redis> clients;
    private final @Nullable Function<String, Redis> nodes;
    private final Duration maxSilence;
    private final Listener listener;
    private final ContextInternal context;

    /** The connections by the addresses of the servers. Confined to the event loop of the context, as all other state. */
    private final Map<String, PushConnection> servers = new HashMap<>();
    /** The primaries were those of {@link #servers} at this time. */
    private long knownNanos;
    private boolean told;
    private boolean closed;

    /**
     * @param clients makes a client of the server, or of the primary that Sentinels know
     * @param nodes makes a client of one node of a cluster by its address; null if there is no cluster
     */
    public RedisChanges(RedisCommands redis, RedisLinks links, RedisKeys keys, Supplier<Redis> clients,
            @Nullable Function<String, Redis> nodes, Duration maxSilence, Vertx vertx, Listener listener) {
        this.redis = redis;
        this.links = links;
        this.keys = keys;
        this.clients = clients;
        this.nodes = nodes;
        this.maxSilence = maxSilence;
        this.listener = listener;
        this.context = RedisLinks.root(vertx.getOrCreateContext());
    }

    public void start() {
        links.whenReconnected(() -> context.runOnContext(none -> restart()));
        context.runOnContext(none -> {
            look();
            context.owner().setPeriodic(Math.max(1, maxSilence.toMillis() / SIGNS), timer -> {
                if (closed) {
                    context.owner().cancelTimer(timer);
                } else {
                    context.runOnContext(ignored -> look());
                }
            });
        });
    }

    public void close() {
        context.runOnContext(none -> {
            closed = true;
            servers.values().forEach(PushConnection::close);
            servers.clear();
        });
    }

    private void look() {
        servers.values().forEach(PushConnection::ping);
        if (nodes == null) {
            servers.computeIfAbsent(ONLY, address -> connect(clients));
        } else {
            long asked = System.nanoTime();
            redis.primaries().whenComplete((addresses, failure) -> context.runOnContext(none -> {
                if (addresses != null && !closed) {
                    follow(addresses, asked);
                }
            }));
        }
    }

    /**
     * Connects to the primaries of the cluster. Slots move to new primaries, or one takes the place of another. As long as
     * nobody tells which servers are primaries, changes may be missed, as if a server were silent.
     *
     * @param asked when the addresses were asked for
     */
    private void follow(Set<String> addresses, long asked) {
        if (!servers.isEmpty() && asked - knownNanos < 0) {
            return;
        }
        knownNanos = asked;
        servers.entrySet().removeIf(server -> {
            boolean gone = !addresses.contains(server.getKey());
            if (gone) {
                server.getValue().close();
            }
            return gone;
        });
        for (String address : addresses) {
            servers.computeIfAbsent(address, added -> connect(() -> nodes.apply(added)));
        }
        heard();
    }

    private PushConnection connect(Supplier<Redis> client) {
        return new PushConnection(context, client, keys.sessionPrefix(), maxSilence.toNanos(), this);
    }

    /**
     * A connection of the store was lost, so another server may be the primary. The next look connects again, once for all
     * connections that were lost meanwhile.
     */
    private void restart() {
        servers.values().forEach(PushConnection::close);
        servers.clear();
    }

    @Override
    public void heard() {
        boolean all = !closed && !servers.isEmpty() && servers.values().stream().allMatch(PushConnection::isListening);
        if (all != told) {
            told = all;
            if (all) {
                TOLD.log("Redis tells which sessions change, so the near cache keeps sessions from now on");
                listener.listening();
            } else {
                if (!closed) {
                    LOST.log("Redis does not tell which sessions change, so the near cache is empty until it does again");
                }
                listener.lost();
            }
        }
        if (all) {
            LongStream ofServers = servers.values().stream().mapToLong(PushConnection::upToDateNanos);
            listener.alive((nodes == null ? ofServers : LongStream.concat(ofServers, LongStream.of(knownNanos)))
                    .reduce((one, other) -> one - other < 0 ? one : other).getAsLong());
        }
    }

    @Override
    public void changed(String key) {
        keys.sessionId(key).ifPresent(listener::changed);
    }

    @Override
    public void allChanged() {
        listener.allChanged();
    }
}
