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
        redis = Redis.createClient(vertx, ConfigProvider.getConfig().getValue("quarkus.redis.hosts", String.class));
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

    @Override
    public void close() {
        redis.close();
    }
}
