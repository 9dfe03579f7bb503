package io.quarkiverse.imsession.runtime.store;

import io.quarkiverse.imsession.Reference;
import io.quarkiverse.imsession.SessionId;

/** The names of keys. What stands in braces decides the slot of a key in a Redis Cluster. */
public record RedisKeys(String prefix) {

    /** The hash of a session. */
    public String session(SessionId id) {
        return prefix + ":{" + id.value() + '}';
    }

    /** The sorted set of the sessions of a reference. */
    public String reference(Reference reference) {
        return prefix + ":ref:" + reference.field() + ":{" + reference.value() + '}';
    }
}
