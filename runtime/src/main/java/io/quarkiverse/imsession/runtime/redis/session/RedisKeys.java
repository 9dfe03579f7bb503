package io.quarkiverse.imsession.runtime.redis.session;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.Reference;
import io.quarkiverse.imsession.SessionId;

/**
 * The names of keys. The text in braces decides the slot of a key in a Redis Cluster. So there is one pair of
 * braces, and it is never empty; braces of fields and values are escaped as in URIs. As colons of fields are, too, no
 * two references share a key.
 */
public record RedisKeys(String prefix) {

    /** The hash of a session. */
    public String session(SessionId id) {
        return prefix + ":{" + id.value() + '}';
    }

    /** The glob pattern of the hashes of all sessions, as SCAN has it. */
    public String sessionPattern() {
        return prefix.replaceAll("[*?\\[\\]\\\\]", "\\\\$0") + ":{*";
    }

    /** The session of a key, or null if it is not of a session. */
    @Nullable
    public SessionId sessionId(String key) {
        String before = prefix + ":{";
        if (!key.startsWith(before) || !key.endsWith("}")) {
            return null;
        }
        return SessionId.tryParse(key.substring(before.length(), key.length() - 1)).orElse(null);
    }

    /** The sorted set of the sessions of a reference. */
    public String reference(Reference reference) {
        return prefix + ":ref:" + escape(reference.field()).replace(":", "%3A") + ":{" + escape(reference.value()) + '}';
    }

    private static String escape(String text) {
        return text.replace("%", "%25").replace("{", "%7B").replace("}", "%7D");
    }
}
