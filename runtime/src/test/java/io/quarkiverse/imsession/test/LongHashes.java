package io.quarkiverse.imsession.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Makes a session in Redis one of an earlier version, which stored all 43 characters of the hashes of its tokens. */
public final class LongHashes {

    /** Nobody compares the characters that it adds. */
    private static final String SCRIPT = """
            local function lengthen(hash)
              return hash .. string.rep('x', 43 - #hash)
            end
            local names = {'@meta', '@previous', '@replaced'}
            local stored = redis.pcall('HMGET', KEYS[1], unpack(names))
            for i, name in ipairs(names) do
              if stored[i] then
                local text = string.gsub(stored[i], '^%S+', lengthen)
                text = string.gsub(text, '^(%S+ %d+ [012] )(%S+)$', function(before, hash)
                  return before .. lengthen(hash)
                end)
                redis.call('HSET', KEYS[1], name, text)
              end
            end
            """;

    private LongHashes() {
    }

    /** Does nothing if there is no session. */
    public static void store(int redisPort, String key) {
        try (RespClient client = new RespClient(redisPort, StandardCharsets.UTF_8)) {
            client.command("EVAL", SCRIPT, "1", key);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
