package io.quarkiverse.imsession.runtime.redis.client;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;
import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.SessionStoreException;
import io.quarkiverse.imsession.runtime.log.LimitedLog;
import io.quarkiverse.imsession.runtime.redis.client.RedisConnector.Connected;
import io.vertx.core.impl.ContextInternal;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;

/**
 * A permanent connection of one event loop, on which commands are pipelined. It connects at its first use, and again after the
 * connection was lost. All methods and all state are confined to that event loop.
 * <p>
 * Connections outlive the requests that use them. So they live in the context of the event loop, while each command is sent and
 * answered in the context of its caller. Log lines of one request then never have the diagnostic context of another one.
 * <p>
 * Replies of a server come in order, so only the oldest command is watched. If it is late, the server hangs: the connection is
 * closed, and all its commands fail. But the event loop itself may have been busy, and the reply has arrived without being
 * read. So the oldest command is checked a second time, after the event loop has read its connections.
 * <p>
 * In a cluster there is a connection to each node. If one of them is lost or hangs, only the commands that were sent to that
 * node fail. The others are used until there is a complete new connection, which requires that all nodes can be reached.
 * <p>
 * The client refuses to send more than {@code max-waiting-handlers} commands to a server before the first is answered. This
 * link holds the refused commands, and sends them as replies come in. The client counts the commands of each node of a cluster,
 * and only the client knows the nodes. So this link reacts to refusals, and does not count commands itself.
 * <p>
 * A change that replicas must have is a batch of a command and WAIT. In a cluster the client follows a slot to another node for
 * single commands only. So this link sends such a batch again, until the client has learned of the other node.
 */
final class RedisLink {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.imsession.redis");
    private static final LimitedLog HANGS = new LimitedLog(LOG, Level.WARN);
    private static final LimitedLog NODE_HANGS = new LimitedLog(LOG, Level.WARN);
    /** The client asks for the slots of the nodes every second, and whenever a single command is sent to the wrong node. */
    private static final long PAUSE_WHILE_SLOT_MOVES_MILLIS = 20;

    private final ContextInternal context;
    private final RedisConnector connector;
    private final long timeoutMillis;
    private final CommandWatchdog watchdog;
    private final Replicas replicas;
    private final ReplicaGate gate;
    private final Runnable reconnected;
    private final Runnable foundReplica;
    private boolean wasConnected;

    private final Queue<RedisCall> calls = new ArrayDeque<>();
    /** The commands that wait for a connection. */
    private final List<RedisCall> waiting = new ArrayList<>();
    /** The commands that the client refused to send yet. */
    private final Queue<RedisCall> held = new ArrayDeque<>();
    private @Nullable Connected current;
    /** Whether a node of the cluster was lost or hangs. */
    private boolean partial;
    private boolean closed;

    /**
     * @param context the context of the event loop itself, and not of a request
     * @param reconnected runs when a connection was replaced by another one
     * @param foundReplica runs when the server has answered that it is a replica; it lets all links look for the primary
     */
    RedisLink(ContextInternal context, Supplier<Redis> clients, RedisClock clock, Duration timeout, Replicas replicas,
            Runnable reconnected, Runnable foundReplica) {
        this.reconnected = reconnected;
        this.foundReplica = foundReplica;
        this.context = context;
        this.connector = new RedisConnector(context, clients, clock, timeout, this::connected, this::failWaiting);
        this.timeoutMillis = timeout.toMillis();
        this.watchdog = new CommandWatchdog(context, timeoutMillis, this::look);
        this.replicas = replicas;
        this.gate = new ReplicaGate(replicas);
    }

    ContextInternal context() {
        return context;
    }

    /**
     * @param whenDone takes the reply or the failure: {@link LinkLostException} if the connection was lost before the reply
     */
    void send(Request request, BiConsumer<@Nullable Response, @Nullable Throwable> whenDone) {
        begin(new RedisCall(request, null, whenDone, System.nanoTime() + timeoutMillis * 1_000_000));
    }

    /**
     * Sends a change that replicas must have, and asks them. Fails without sending it if it would wait for replicas that are
     * known to lack.
     *
     * @param whenDone takes both replies, see {@link RedisCall#reply} and {@link RedisCall#acknowledged}, or the failure
     */
    void change(Request request, BiConsumer<@Nullable Response, @Nullable Throwable> whenDone) {
        // In a cluster, only the client knows which node a change is for.
        SessionStoreException refusal = current != null && current.isCluster() ? null : gate.refusal();
        if (refusal != null) {
            whenDone.accept(null, refusal);
            return;
        }
        long millis = timeoutMillis + replicas.timeout().toMillis();
        begin(new RedisCall(request, replicas.request(), gate.enter(whenDone), System.nanoTime() + millis * 1_000_000));
    }

    private void begin(RedisCall call) {
        if (closed) {
            call.failStopped();
            return;
        }
        calls.add(call);
        watchdog.start();
        if (current != null) {
            transmit(call, current);
        } else {
            waiting.add(call);
            context.dispatch(connector::connect);
        }
    }

    /** Looks for the primary, as the server may have become a replica: one that only reads is not told. */
    void lookForPrimary() {
        if (current != null && !closed) {
            connector.connectToPrimary();
        }
    }

    void close() {
        closed = true;
        disconnect();
        calls.forEach(RedisCall::failStopped);
    }

    /** Call this in the context of the caller, where the reply arrives too. */
    private void transmit(RedisCall call, Connected to) {
        call.sendOver(to.connection()).onComplete(result -> {
            if (result.succeeded()) {
                call.complete(result.result());
                sendNextHeld();
            } else {
                context.dispatch(() -> failed(call, to, result.cause()));
            }
            forgetDone();
        });
    }

    private void transmitLater(RedisCall call, Connected to) {
        call.inContextOfCaller(() -> transmit(call, to));
    }

    /** Sends the next held command. A reply has made room for it, if both go to the same node. */
    private void sendNextHeld() {
        RedisCall next = held.poll();
        while (next != null && next.isDone()) {
            next = held.poll();
        }
        if (next != null && current != null) {
            transmitLater(next, current);
        }
    }

    /** Sends all held commands, as another node than the one that answered may have room. */
    private void sendAllHeld() {
        for (int i = held.size(); i > 0; i--) {
            sendNextHeld();
        }
    }

    private void failed(RedisCall call, Connected to, Throwable cause) {
        switch (RedisErrors.kind(cause)) {
            case ANSWER -> {
                if (call.waitsForReplicas() && to.isCluster() && RedisErrors.isOfOtherSlot(cause)) {
                    followSlot(call, cause);
                } else {
                    call.fail(RedisErrors.answer(cause));
                }
                sendNextHeld();
                if (RedisErrors.isOfReplica(cause) && current == to) {
                    foundReplica.run();
                }
            }
            case TOO_MANY -> hold(call, to);
            case NOT_SENT -> notSent(call, to);
            case LOST -> {
                call.fail(new LinkLostException());
                lost(to);
            }
        }
    }

    private void hold(RedisCall call, Connected to) {
        if (current == to && !closed) {
            held.add(call);
        } else {
            sendAgain(call);
        }
    }

    private void followSlot(RedisCall call, Throwable cause) {
        context.setTimer(PAUSE_WHILE_SLOT_MOVES_MILLIS, ignored -> {
            if (call.isLate()) {
                call.fail(RedisErrors.answer(cause));
            } else if (!call.isDone()) {
                sendAgain(call);
            }
        });
    }

    private void sendAgain(RedisCall call) {
        if (closed) {
            call.failStopped();
        } else if (current != null) {
            transmitLater(call, current);
        } else {
            waiting.add(call);
            connector.connect();
        }
    }

    private void notSent(RedisCall call, Connected to) {
        if (call.isSentAgain() || closed) {
            call.fail(new LinkLostException());
            lost(to);
        } else if (call.isDone()) {
            lost(to);
        } else {
            call.setSentAgain();
            if (current != null && current != to) {
                transmitLater(call, current);
            } else {
                waiting.add(call);
                lost(to);
                connector.connect();
            }
        }
    }

    private void connected(Connected made) {
        if (wasConnected) {
            reconnected.run();
        }
        wasConnected = true;
        retire(current);
        current = made;
        partial = false;
        gate.open();
        waiting.addAll(held);
        held.clear();
        made.connection().endHandler(ignored -> lost(made));
        made.connection().exceptionHandler(failure -> lost(made));
        List<RedisCall> queued = List.copyOf(waiting);
        waiting.clear();
        for (RedisCall call : queued) {
            if (!call.isDone()) {
                transmitLater(call, made);
            }
        }
    }

    /** Closes an old connection later, so that the running nodes can still answer the commands that were sent over it. */
    private void retire(@Nullable Connected old) {
        if (old != null) {
            context.setTimer(timeoutMillis + replicas.timeout().toMillis(), ignored -> old.client().close());
        }
    }

    private void failWaiting(Throwable failure) {
        List<RedisCall> failed = List.copyOf(waiting);
        waiting.clear();
        SessionStoreException unreachable = RedisErrors.unreachable(failure);
        failed.forEach(call -> call.fail(unreachable));
        forgetDone();
    }

    private void lost(Connected link) {
        if (current != link) {
            return;
        }
        if (link.isCluster()) {
            replace();
        } else {
            disconnect();
        }
    }

    private void replace() {
        partial = true;
        if (!closed) {
            connector.connect();
        }
    }

    private void disconnect() {
        connector.cancel();
        Connected old = current;
        current = null;
        if (old != null) {
            old.client().close();
        }
        waiting.addAll(held);
        held.clear();
        List<RedisCall> open = new ArrayList<>(calls);
        open.removeAll(new HashSet<>(waiting));
        open.forEach(call -> call.fail(new LinkLostException()));
        forgetDone();
        if (!waiting.isEmpty() && !closed) {
            connector.connect();
        }
    }

    private void look() {
        forgetDone();
        if (watchdog.isLate(calls.peek())) {
            if (current != null && current.isCluster()) {
                giveUpLate();
            } else {
                giveUpAll();
            }
        }
        if (current != null && current.isCluster()) {
            sendAllHeld();
        }
        if (!calls.isEmpty()) {
            watchdog.start();
        }
    }

    private void giveUpAll() {
        HANGS.log("Redis did not answer within %d ms: the connection is given up", timeoutMillis);
        List<RedisCall> all = List.copyOf(calls);
        calls.clear();
        waiting.clear();
        held.clear();
        disconnect();
        all.forEach(RedisCall::failLate);
    }

    private void giveUpLate() {
        if (!partial) {
            NODE_HANGS.log("A node of the Redis cluster did not answer within %d ms", timeoutMillis);
        }
        while (!calls.isEmpty() && (calls.peek().isDone() || calls.peek().isLate())) {
            RedisCall late = calls.poll();
            waiting.remove(late);
            late.failLate();
        }
        connector.giveUpIfLate();
        replace();
    }

    private void forgetDone() {
        while (!calls.isEmpty() && calls.peek().isDone()) {
            calls.poll();
        }
    }
}
