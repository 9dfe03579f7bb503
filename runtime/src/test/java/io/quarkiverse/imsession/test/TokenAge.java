package io.quarkiverse.imsession.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Lets the token of a session in Redis be older than it is, so that no test has to wait for that or to be fast until then. */
public final class TokenAge {

    private static final String SCRIPT = """
            local key, by = KEYS[1], tonumber(ARGV[1])
            local function earlier(millis)
              return string.format('%.0f', millis - by)
            end
            local hash, created, expires, version = string.match(redis.call('HGET', key, '@meta'), '^(%S+) (%d+) (%d+) (%d+)$')
            local renewed = redis.call('HGET', key, '@renewed') or created
            if redis.call('HGET', key, '@authenticated') == 'token' then
              redis.call('HSET', key, '@authenticated', renewed)
            end
            redis.call('HSET', key, '@meta', table.concat({hash, created, earlier(expires), version}, ' '),
              '@renewed', earlier(renewed))
            local previous = redis.call('HGET', key, '@previous')
            if previous then
              redis.call('HSET', key, '@previous', (string.gsub(previous, '^(%S+) (%d+)', function(old, known)
                return old .. ' ' .. earlier(known)
              end)))
            end
            return redis.call('PEXPIRE', key, redis.call('PTTL', key) - by)
            """;

    private TokenAge() {
    }

    /**
     * Moves the times of a session back, but for those when it was created and authenticated.
     *
     * @param redisUri of a server where the keys of sessions have the usual prefix
     */
    public static void raise(String redisUri, String token, Duration by) {
        String key = "imsession:{" + token.substring(0, token.indexOf('.')) + '}';
        try (RespClient client = new RespClient(URI.create(redisUri).getPort(), StandardCharsets.UTF_8)) {
            Object done = client.command("EVAL", SCRIPT, "1", key, Long.toString(by.toMillis()));
            if (!Long.valueOf(1).equals(done)) {
                throw new IllegalStateException("No such session: " + key);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
