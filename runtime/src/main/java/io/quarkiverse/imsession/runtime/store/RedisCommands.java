package io.quarkiverse.imsession.runtime.store;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.CommandImpl;

/** The commands that sessions need, each on one key. Failures are {@link io.quarkiverse.imsession.SessionStoreException}s. */
final class RedisCommands {

    /** SCAN as a command that no replica may answer: its cursor means something on one server only. */
    private static final Command SCAN_OF_PRIMARY = new CommandImpl("scan", -2, false, false, false);

    private final RedisLinks links;
    private final RedisScript scan = RedisScript.load("scan.lua");

    RedisCommands(RedisLinks links) {
        this.links = links;
    }

    /** Reads a hash. */
    <T> CompletionStage<@Nullable T> hash(String key, Function<@Nullable Response, @Nullable T> read) {
        return read(Request.cmd(Command.HGETALL).arg(key), read);
    }

    /** Reads some fields of a hash. */
    <T> CompletionStage<@Nullable T> hash(String key, List<String> fields, Function<@Nullable Response, @Nullable T> read) {
        Request request = Request.cmd(Command.HMGET).arg(key);
        fields.forEach(request::arg);
        return read(request, read);
    }

    /** If the connection is lost meanwhile it is asked again: reading twice does no harm. */
    private <T> CompletionStage<@Nullable T> read(Request request, Function<@Nullable Response, @Nullable T> read) {
        return recover(links.send(request), LinkLostException.class::isInstance, () -> links.send(request))
                .handle((reply, failure) -> {
                    if (failure == null) {
                        return read.apply(reply);
                    }
                    if (RedisErrors.isWrongType(failure)) {
                        return null;
                    }
                    throw RedisErrors.asStoreException(failure);
                });
    }

    /** Removes a key. True if there was one. */
    CompletionStage<Boolean> unlink(String key) {
        return send(Request.cmd(Command.UNLINK).arg(key), reply -> reply.toInteger() > 0);
    }

    /** Members of a sorted set with their scores, from a score on. */
    <T> CompletionStage<T> range(String key, long score, int limit, Function<Response, T> read) {
        return send(
                Request.cmd(Command.ZRANGEBYSCORE).arg(key).arg(score).arg("+inf").arg("WITHSCORES").arg("LIMIT").arg(0)
                        .arg(limit),
                read);
    }

    /**
     * Which slots the nodes of the cluster have, one range for each node or more, in their order. Null if this is no cluster.
     */
    CompletionStage<@Nullable List<SlotRange>> slots() {
        return links.send(Request.cmd(Command.CLUSTER).arg("SLOTS")).handle((reply, failure) -> {
            if (failure == null) {
                return reply.stream().map(range -> new SlotRange(range.get(0).toInteger(), range.get(1).toInteger()))
                        .sorted(Comparator.comparing(SlotRange::from)).toList();
            }
            if (RedisErrors.isServerError(failure)) {
                return null;
            }
            throw RedisErrors.asStoreException(failure);
        });
    }

    /** Looks at about {@code count} keys of a server that is no node of a cluster. */
    CompletionStage<Scanned> scan(String position, String pattern, int count) {
        return send(Request.cmd(SCAN_OF_PRIMARY).arg(position).arg("MATCH").arg(pattern).arg("COUNT").arg(count),
                reply -> new Scanned("", reply.get(0).toString(), names(reply.get(1))));
    }

    /** Looks at about {@code count} keys of the cluster's node that has the slots of the cursor. */
    CompletionStage<Scanned> scan(ScanCursor cursor, String pattern, int count) {
        return run(scan, cursor.slots().anyKey(),
                List.of(cursor.node(), cursor.position(), pattern, Integer.toString(count)),
                reply -> new Scanned(reply.get(0).toString(), reply.get(1).toString(), names(reply.get(2))));
    }

    /** Runs a script; sends its text if the server does not know it. */
    <T> CompletionStage<T> run(RedisScript script, String key, List<String> args, Function<Response, T> read) {
        return recover(links.send(request(Command.EVALSHA, script.sha1(), key, args)), RedisErrors::isNoScript,
                () -> links.send(request(Command.EVAL, script.source(), key, args))).handle(orFail(read));
    }

    private <T> CompletionStage<T> send(Request request, Function<Response, T> read) {
        return links.send(request).handle(orFail(read));
    }

    private static <T> BiFunction<Response, Throwable, T> orFail(Function<Response, T> read) {
        return (reply, failure) -> {
            if (failure != null) {
                throw RedisErrors.asStoreException(failure);
            }
            return read.apply(reply);
        };
    }

    private static List<String> names(Response keys) {
        return keys.stream().map(Response::toString).toList();
    }

    private static Request request(Command command, String script, String key, List<String> args) {
        Request request = Request.cmd(command).arg(script).arg("1").arg(key);
        args.forEach(request::arg);
        return request;
    }

    private static CompletableFuture<@Nullable Response> recover(CompletableFuture<@Nullable Response> first,
            Predicate<Throwable> recoverable, Supplier<CompletableFuture<@Nullable Response>> second) {
        CompletableFuture<@Nullable Response> result = new CompletableFuture<>();
        first.whenComplete((reply, failure) -> {
            if (failure != null && recoverable.test(failure)) {
                second.get().whenComplete((later, laterFailure) -> settle(result, later, laterFailure));
            } else {
                settle(result, reply, failure);
            }
        });
        return result;
    }

    private static void settle(CompletableFuture<@Nullable Response> result, @Nullable Response reply,
            @Nullable Throwable failure) {
        if (failure == null) {
            result.complete(reply);
        } else {
            result.completeExceptionally(failure);
        }
    }

    /** Some keys of a server, and where the next ones are: at 0 there are no more. */
    record Scanned(String node, String position, List<String> keys) {
    }
}
