package io.quarkiverse.imsession.deployment;

import java.util.List;

import org.eclipse.microprofile.config.ConfigProvider;

import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;

/** Looks into the Redis of the application, behind its back. */
final class RawRedis implements AutoCloseable {

    private final Redis redis;

    RawRedis(Vertx vertx) {
        this(vertx, ConfigProvider.getConfig().getValue("quarkus.redis.hosts", String.class));
    }

    RawRedis(Vertx vertx, String uri) {
        redis = Redis.createClient(vertx, uri);
    }

    Response command(String name, String... args) {
        Request request = Request.cmd(Command.create(name));
        for (String arg : args) {
            request.arg(arg);
        }
        return redis.send(request).toCompletionStage().toCompletableFuture().join();
    }

    boolean exists(String key) {
        return command("EXISTS", key).toInteger() > 0;
    }

    /** How long a key stays, in milliseconds. */
    long timeToLive(String key) {
        return command("PTTL", key).toLong();
    }

    /** The members of a sorted set. */
    List<String> members(String key) {
        return command("ZRANGE", key, "0", "-1").stream().map(Response::toString).toList();
    }

    /** How often a command was run, by anybody; 0 if it never was. */
    long calls(String command) {
        return stat("commandstats", "cmdstat_" + command + ":calls=");
    }

    /** How often Redis has answered with an error of a code. */
    long errors(String code) {
        return stat("errorstats", "errorstat_" + code + ":count=");
    }

    private long stat(String section, String begin) {
        return command("INFO", section).toString().lines().filter(line -> line.startsWith(begin))
                .mapToLong(line -> Long.parseLong(line.substring(begin.length()).split(",")[0])).sum();
    }

    @Override
    public void close() {
        redis.close();
    }
}
