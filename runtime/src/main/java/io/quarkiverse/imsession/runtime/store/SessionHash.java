package io.quarkiverse.imsession.runtime.store;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.spi.TokenHash;
import io.quarkiverse.imsession.spi.TokenState;
import io.vertx.redis.client.Response;

/** Reads the hash of a session, as the scripts write it: {@code @} fields are ours, all others are the application's. */
final class SessionHash {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.imsession.redis");
    private static final int META_FIELDS = 4;
    /** What the score of an entry in the index is kept under, before the name of its field. */
    static final String REFERENCE = "@ref:";

    /** All of ours that a session may have, but for the scores. */
    private static final List<String> RESERVED = List.of("@token", "@previous", "@grace", "@unseen", "@created", "@renewed",
            "@expires", "@version", "@timeout", "@csrf", "@authenticated", "@label", "@agent", "@address");

    private @Nullable String token;
    private @Nullable String previous;
    private @Nullable Instant graceEnds;
    private boolean seen = true;
    private @Nullable Instant created;
    private @Nullable Instant renewed;
    private @Nullable Instant expires;
    private long version;
    private @Nullable Duration ownTimeout;
    private final Map<String, String> data;
    private Map<String, String> attributes = Map.of();

    private SessionHash(int size) {
        this.data = new LinkedHashMap<>(Math.max(4, (size - META_FIELDS) * 2));
    }

    /** The names to ask for in order to read a session with some fields of its data. */
    static List<String> names(Set<String> fields) {
        List<String> names = new ArrayList<>(RESERVED.size() + fields.size());
        names.addAll(RESERVED);
        names.addAll(fields);
        return names;
    }

    /** Null if the hash is empty or none of ours: both mean that there is no such session. */
    static @Nullable StoredSession read(@Nullable Response reply, Instant now) {
        if (reply == null || reply.size() == 0) {
            return null;
        }
        return read(reply.size(), now, hash -> {
            if (reply.isMap()) {
                reply.getKeys().forEach(name -> hash.add(name, reply.get(name).toString()));
            } else {
                for (int i = 0; i < reply.size(); i += 2) {
                    hash.add(reply.get(i).toString(), reply.get(i + 1).toString());
                }
            }
        });
    }

    /** Reads the values of some names. Null if there is no such session. */
    static @Nullable StoredSession read(List<String> names, @Nullable Response reply, Instant now) {
        if (reply == null) {
            return null;
        }
        return read(reply.size(), now, hash -> {
            for (int i = 0; i < reply.size(); i++) {
                if (reply.get(i) != null) {
                    hash.add(names.get(i), reply.get(i).toString());
                }
            }
        });
    }

    private static @Nullable StoredSession read(int size, Instant now, Consumer<SessionHash> fill) {
        try {
            SessionHash hash = new SessionHash(size);
            fill.accept(hash);
            return hash.toSession(now);
        } catch (IllegalArgumentException e) {
            LOG.debugf("A hash with the key of a session is damaged");
            return null;
        }
    }

    private void add(String name, String value) {
        if (name.isEmpty() || name.charAt(0) != '@') {
            data.put(name, value);
            return;
        }
        switch (name) {
            case "@token" -> token = value;
            case "@previous" -> previous = value;
            case "@grace" -> graceEnds = instant(value);
            case "@unseen" -> seen = false;
            case "@created" -> created = instant(value);
            case "@renewed" -> renewed = instant(value);
            case "@expires" -> expires = instant(value);
            case "@version" -> version = Long.parseLong(value);
            case "@moved" -> {
                // For the script that updates.
            }
            case "@timeout" -> ownTimeout = Duration.ofMillis(Long.parseLong(value));
            default -> {
                if (!name.startsWith(REFERENCE)) {
                    addAttribute(name, value);
                }
            }
        }
    }

    private void addAttribute(String name, String value) {
        if (attributes.isEmpty()) {
            attributes = new LinkedHashMap<>();
        }
        attributes.put(name, value);
    }

    private @Nullable StoredSession toSession(Instant now) {
        if (token == null || created == null || expires == null) {
            return null;
        }
        TokenState state = new TokenState(new TokenHash(token), previous == null ? null : new TokenHash(previous), graceEnds,
                seen);
        return new StoredSession(state, SessionData.fromJson(data), attributes, version, created, renewed, expires, ownTimeout,
                now);
    }

    private static Instant instant(String millis) {
        return Instant.ofEpochMilli(Long.parseLong(millis));
    }
}
