package io.quarkiverse.imsession.runtime.redis.session;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.redis.RedisKeys;
import io.quarkiverse.imsession.runtime.redis.client.RedisCommands;
import io.quarkiverse.imsession.runtime.redis.client.RedisScript;

/** Names that are reserved for a time, each in a hash of its own that expires by itself. */
public final class RedisClaims {

    private static final String HOLDER = "holder";

    private final RedisCommands redis;
    private final RedisKeys keys;
    private final RedisScript claim = RedisScript.load("time.lua", "claim.lua");
    private final RedisScript release = RedisScript.load("release.lua");

    public RedisClaims(RedisCommands redis, RedisKeys keys) {
        this.redis = redis;
        this.keys = keys;
    }

    /** The present holder of a name that is reserved now, unless another holder has it. */
    public CompletionStage<String> claim(String name, String holder, Duration atMost) {
        return redis.change(claim, keys.claim(name), List.of(holder, Long.toString(Math.max(1, atMost.toMillis()))),
                Object::toString, holder::equals);
    }

    public CompletionStage<@Nullable String> holder(String name) {
        return redis.field(keys.claim(name), HOLDER);
    }

    /** True if the holder had the name. */
    public CompletionStage<Boolean> release(String name, String holder) {
        return redis.run(release, keys.claim(name), List.of(holder), reply -> reply.toInteger() == 1);
    }
}
