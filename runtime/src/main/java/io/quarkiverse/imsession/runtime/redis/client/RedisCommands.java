package io.quarkiverse.imsession.runtime.redis.client;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.CommandImpl;

/** The commands that sessions need, each on one key. Failures are {@link io.quarkiverse.imsession.SessionStoreException}s. */
public final class RedisCommands {

    /** SCAN as a command that replicas must not answer: its cursor is valid on one server only. */
    private static final Command SCAN_OF_PRIMARY = new CommandImpl("scan", -2, false, false, false);

    private final RedisLinks links;
    private final RedisScript load = RedisScript.load("load.lua");
    private final RedisScript scan = RedisScript.load("scan.lua");

    public RedisCommands(RedisLinks links) {
        this.links = links;
    }

    /** Reads a hash. If the connection is lost meanwhile, the command is sent again, as it has no side effects. */
    public <T> CompletionStage<@Nullable T> hash(String key, Function<@Nullable Response, @Nullable T> read) {
        Request request = Request.cmd(Command.HGETALL).arg(key);
        return ask(request, false, failure -> failure instanceof LinkLostException ? request : null, read,
                failure -> RedisErrors.isWrongType(failure) ? null : fail(failure));
    }

    /**
     * Reads some fields of a hash, and all fields whose names begin with {@code @}. A script does this, as only the server
     * knows these names.
     */
    public <T> CompletionStage<@Nullable T> hash(String key, Set<String> fields,
            Function<@Nullable Response, @Nullable T> read) {
        // After the connection was lost, a restarted server may not know the script any more.
        return run(load, key, fields, false,
                failure -> RedisErrors.isNoScript(failure) || failure instanceof LinkLostException, read);
    }

    /** A field of a hash; null if there is none. */
    public CompletionStage<@Nullable String> field(String key, String field) {
        Request request = Request.cmd(Command.HGET).arg(key).arg(field);
        return ask(request, false, failure -> failure instanceof LinkLostException ? request : null,
                reply -> reply == null ? null : reply.toString(), RedisCommands::fail);
    }

    /** Members of a sorted set with their scores, from a score on. */
    public <T> CompletionStage<T> range(String key, long score, int limit, Function<Response, T> read) {
        return send(
                Request.cmd(Command.ZRANGEBYSCORE).arg(key).arg(score).arg("+inf").arg("WITHSCORES").arg("LIMIT").arg(0)
                        .arg(limit),
                read);
    }

    /** The newest entries of a stream, the newest one first, but none that is older than a time. */
    public <T> CompletionStage<T> newest(String key, long fromMillis, int most, Function<Response, T> read) {
        Request request = Request.cmd(Command.XREVRANGE).arg(key).arg("+").arg(fromMillis).arg("COUNT").arg(most);
        return ask(request, false, failure -> failure instanceof LinkLostException ? request : null, read,
                RedisCommands::fail);
    }

    /** Removes a key. True if it was there. */
    public CompletionStage<Boolean> unlink(String key) {
        return send(Request.cmd(Command.UNLINK).arg(key), removed -> removed.toInteger() > 0);
    }

    /** The slots of the nodes of the cluster, as one or more ranges for each node, in order. Null if this is no cluster. */
    public CompletionStage<@Nullable List<SlotRange>> slots() {
        return ask(Request.cmd(Command.CLUSTER).arg("SLOTS"), false, failure -> null,
                reply -> reply.stream().map(range -> new SlotRange(range.get(0).toInteger(), range.get(1).toInteger()))
                        .sorted(Comparator.comparing(SlotRange::from)).toList(),
                failure -> RedisErrors.isServerError(failure) ? null : fail(failure));
    }

    /** The addresses of the primaries of the cluster that have slots. */
    public CompletionStage<Set<String>> primaries() {
        return send(Request.cmd(Command.CLUSTER).arg("SLOTS"),
                reply -> reply.stream().map(range -> address(range.get(2))).collect(Collectors.toSet()));
    }

    private static String address(Response node) {
        String host = node.get(0).toString();
        return (host.contains(":") ? '[' + host + ']' : host) + ':' + node.get(1);
    }

    /** Scans about {@code count} keys of a server that is no node of a cluster. */
    public CompletionStage<Scanned> scan(String position, String pattern, int count) {
        return send(Request.cmd(SCAN_OF_PRIMARY).arg(position).arg("MATCH").arg(pattern).arg("COUNT").arg(count),
                reply -> new Scanned("", reply.get(0).toString(), names(reply.get(1))));
    }

    /** Scans about {@code count} keys of the cluster's node that has the slots, from a position that a node has returned. */
    public CompletionStage<Scanned> scan(SlotRange slots, String node, String position, String pattern, int count) {
        return run(scan, slots.anyKey(), List.of(node, position, pattern, Integer.toString(count)),
                reply -> new Scanned(reply.get(0).toString(), reply.get(1).toString(), names(reply.get(2))));
    }

    /** Runs a script, and sends its text if the server does not know it. */
    public <T> CompletionStage<T> run(RedisScript script, String key, List<String> args, Function<Response, T> read) {
        return run(script, key, args, false, RedisErrors::isNoScript, read);
    }

    /**
     * Runs a script that changes something. With {@code redis.replicas}, a WAIT follows it over the same connection, and the
     * call fails if too few replicas have what the script has changed.
     *
     * @param lasting whether a result tells of something that a fail-over must not lose
     */
    public <T> CompletionStage<T> change(RedisScript script, String key, List<String> args, Function<Response, T> read,
            Predicate<T> lasting) {
        return waitsForReplicas()
                ? run(script, key, args, true, RedisErrors::isNoScript, both -> awaited(both, read, lasting))
                : run(script, key, args, read);
    }

    /**
     * Fails if too few replicas have what the server of a key has changed before.
     * <p>
     * WAIT asks for all that the server has changed before the last command of the connection, also for other connections.
     */
    public CompletionStage<@Nullable Void> confirm(String key) {
        Request request = Request.cmd(Command.EXISTS).arg(key);
        return ask(request, true, failure -> null, both -> awaited(both, exists -> null, none -> true), RedisCommands::fail);
    }

    public boolean waitsForReplicas() {
        return links.replicas().areAwaited();
    }

    /** The result of a command and its WAIT. */
    private <T> T awaited(Response both, Function<Response, T> read, Predicate<T> lasting) {
        T result = read.apply(RedisCall.reply(both));
        Replicas replicas = links.replicas();
        int acknowledged = RedisCall.acknowledged(both);
        if (replicas.lack(acknowledged) && lasting.test(result)) {
            throw replicas.tooFew(acknowledged);
        }
        return result;
    }

    /** @param again decides after which failures its text is sent */
    private <T> CompletionStage<T> run(RedisScript script, String key, Collection<String> args, boolean change,
            Predicate<Throwable> again, Function<Response, T> read) {
        return ask(request(Command.EVALSHA, script.sha1(), key, args), change,
                failure -> again.test(failure) ? request(Command.EVAL, script.source(), key, args) : null, read,
                RedisCommands::fail);
    }

    private <T> CompletionStage<T> send(Request request, Function<Response, T> read) {
        return ask(request, false, failure -> null, read, RedisCommands::fail);
    }

    /**
     * @param change whether replicas must have what the request changes
     * @param again makes the request to send after a failure, or null for none
     * @param read makes the result of the reply
     * @param failed makes the result of a failure, or throws
     */
    private <T> CompletionStage<T> ask(Request request, boolean change, Function<Throwable, @Nullable Request> again,
            Function<Response, T> read, Function<Throwable, T> failed) {
        CompletableFuture<T> result = new CompletableFuture<>();
        links.send(request, change, (reply, failure) -> {
            Request second = failure == null ? null : again.apply(failure);
            if (second == null) {
                settle(result, reply, failure, read, failed);
            } else {
                links.send(second, change, (later, laterFailure) -> settle(result, later, laterFailure, read, failed));
            }
        });
        return result;
    }

    private static <T> void settle(CompletableFuture<T> result, @Nullable Response reply, @Nullable Throwable failure,
            Function<Response, T> read, Function<Throwable, T> failed) {
        try {
            result.complete(failure == null ? read.apply(reply) : failed.apply(failure));
        } catch (RuntimeException e) {
            result.completeExceptionally(e);
        }
    }

    private static <T> T fail(Throwable failure) {
        throw RedisErrors.asStoreException(failure);
    }

    private static List<String> names(Response keys) {
        return keys.stream().map(Response::toString).toList();
    }

    private static Request request(Command command, String script, String key, Collection<String> args) {
        Request request = Request.cmd(command).arg(script).arg("1").arg(key);
        for (String arg : args) {
            request.arg(arg);
        }
        return request;
    }

    /** Some keys of a server, and the position of the next ones; 0 if there are no more. */
    public record Scanned(String node, String position, List<String> keys) {
    }
}
