package io.quarkiverse.imsession.runtime.store;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.Reference;
import io.quarkiverse.imsession.SessionId;

/** The names of keys. What stands in braces decides the slot of a key in a Redis Cluster. */
public record RedisKeys(String prefix) {

    /** The hash of a session. */
    public String session(SessionId id) {
        return prefix + ":{" + id.value() + '}';
    }

    /** The glob pattern of the hashes of all sessions, as SCAN has it. */
    String sessionPattern() {
        return prefix.replaceAll("[*?\\[\\]\\\\]", "\\\\$0") + ":{*";
    }

    /** The session of a key, or null if it is not of a session. */
    @Nullable
    SessionId sessionId(String key) {
        String before = prefix + ":{";
        if (!key.startsWith(before) || !key.endsWith("}")) {
            return null;
        }
        try {
            return new SessionId(key.substring(before.length(), key.length() - 1));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** The sorted set of the sessions of a reference. */
    public String reference(Reference reference) {
        return prefix + ":ref:" + reference.field() + ":{" + reference.value() + '}';
    }
}
