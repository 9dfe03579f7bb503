package io.quarkiverse.imsession.runtime.redis.session;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.Reference;
import io.quarkiverse.imsession.redis.RedisKeys;
import io.quarkiverse.imsession.runtime.redis.client.RedisClock;
import io.quarkiverse.imsession.runtime.redis.client.RedisCommands;
import io.quarkiverse.imsession.runtime.redis.client.RedisScript;
import io.quarkiverse.imsession.spi.JournalStore.Limits;
import io.quarkiverse.imsession.spi.JournalStore.StoredEntry;
import io.vertx.redis.client.Response;

/**
 * The journals of users, each in a stream of its own that expires with its newest entry. Redis gives each entry an id that
 * begins with its time.
 */
public final class RedisJournals {

    private final RedisCommands redis;
    private final RedisKeys keys;
    private final RedisClock clock;
    private final RedisScript append = RedisScript.load("append.lua");

    public RedisJournals(RedisCommands redis, RedisKeys keys, RedisClock clock) {
        this.redis = redis;
        this.keys = keys;
        this.clock = clock;
    }

    public CompletionStage<@Nullable Void> append(Reference reference, Map<String, String> entry, Limits limits) {
        List<String> args = new ArrayList<>(2 + 2 * entry.size());
        args.add(Integer.toString(limits.maxEntries()));
        args.add(Long.toString(limits.maxAge().toMillis()));
        entry.forEach((name, text) -> args.addAll(List.of(name, text)));
        return redis.run(append, keys.journal(reference), args, id -> null);
    }

    public CompletionStage<List<StoredEntry>> read(Reference reference, int most, Limits limits) {
        long oldest = Math.max(0, clock.millis() - limits.maxAge().toMillis());
        return redis.newest(keys.journal(reference), oldest, Math.min(most, limits.maxEntries()),
                entries -> entries.stream().map(RedisJournals::kept).toList());
    }

    private static StoredEntry kept(Response entry) {
        String id = entry.get(0).toString();
        Map<String, String> texts = new LinkedHashMap<>();
        Response namesAndTexts = entry.get(1);
        for (int i = 0; i + 1 < namesAndTexts.size(); i += 2) {
            texts.put(namesAndTexts.get(i).toString(), namesAndTexts.get(i + 1).toString());
        }
        return new StoredEntry(Instant.ofEpochMilli(Long.parseLong(id.substring(0, id.indexOf('-')))), texts);
    }

    public CompletionStage<Boolean> erase(Reference reference) {
        return redis.unlink(keys.journal(reference));
    }
}
