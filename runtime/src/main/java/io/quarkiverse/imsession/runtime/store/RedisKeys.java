package io.quarkiverse.imsession.runtime.store;

import io.quarkiverse.imsession.Reference;
import io.quarkiverse.imsession.SessionId;

/**
 * The names of keys. What stands in braces decides the slot of a key in a Redis Cluster. So there is one pair of braces, and it
 * is
 * never empty; braces of fields and values are escaped as in URIs. As colons of fields are, too, no two references share a key.
 */
public record RedisKeys(String prefix) {

    /** The hash of a session. */
    public String session(SessionId id) {
        return prefix + ":{" + id.value() + '}';
    }

    /** The sorted set of the sessions of a reference. */
    public String reference(Reference reference) {
        return prefix + ":ref:" + escape(reference.field()).replace(":", "%3A") + ":{" + escape(reference.value()) + '}';
    }

    private static String escape(String text) {
        return text.replace("%", "%25").replace("{", "%7B").replace("}", "%7D");
    }
}
