package io.quarkiverse.imsession.redis;

import java.util.Objects;
import java.util.Optional;

import io.quarkiverse.imsession.Reference;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.codec.Base64Url;
import io.quarkiverse.imsession.codec.Sha256;

/**
 * The names of the keys of sessions in Redis, for use with {@code redis-cli} or another Redis client. Inject it: it knows
 * {@code quarkus.imsession.redis.key-prefix}. Only read these keys; never write to them.
 */
// In a Redis Cluster the part of a key in braces decides its slot. So each key has one pair of braces, which is never empty,
// and braces in fields and values are escaped as in URIs. Colons in fields are escaped too, so that no two references share a
// key.
public final class RedisKeys {

    private final String prefix;

    /** @param prefix the value of {@code quarkus.imsession.redis.key-prefix} */
    public RedisKeys(String prefix) {
        this.prefix = Objects.requireNonNull(prefix, "prefix");
    }

    /** The key of the hash of a session. The session need not exist. */
    public String session(SessionId id) {
        return sessionPrefix() + id.value() + '}';
    }

    /** The beginning of the keys of all sessions. */
    public String sessionPrefix() {
        return prefix + ":{";
    }

    /** The glob pattern of the keys of all sessions, as {@code SCAN} takes it. */
    public String sessionPattern() {
        return sessionPrefix().replaceAll("[*?\\[\\]\\\\]", "\\\\$0") + '*';
    }

    /** The id of the session whose hash has this key; empty if it is another key. */
    public Optional<SessionId> sessionId(String key) {
        String before = sessionPrefix();
        return key.startsWith(before) && key.endsWith("}")
                ? SessionId.tryParse(key.substring(before.length(), key.length() - 1))
                : Optional.empty();
    }

    /**
     * The key of the sorted set of the sessions whose field has a value. There need not be any.
     *
     * @param field a field of {@code quarkus.imsession.references}; other fields have no such key in Redis
     * @param value a string, number, boolean, UUID or enum; a number and its text are the same
     * @throws IllegalArgumentException if the value is of another type, empty, too long or no valid Unicode
     */
    public String reference(String field, Object value) {
        return reference(Reference.of(field, value));
    }

    /** The key of the sorted set of the sessions of a reference. */
    public String reference(Reference reference) {
        return ofReference(":ref:", reference);
    }

    private String ofReference(String kind, Reference reference) {
        return prefix + kind + escape(reference.field()).replace(":", "%3A") + ":{" + escape(reference.value()) + '}';
    }

    /**
     * The key of the stream of the journal of a user. There need not be any.
     *
     * @param field a field of {@code quarkus.imsession.journal.fields}; other fields have no such key in Redis
     * @param value a string, number, boolean, UUID or enum; a number and its text are the same
     * @throws IllegalArgumentException if the value is of another type, empty, too long or no valid Unicode
     */
    public String journal(String field, Object value) {
        return journal(Reference.of(field, value));
    }

    /** The key of the stream of the journal of a user. */
    public String journal(Reference reference) {
        return ofReference(":journal:", reference);
    }

    /** The key of a name that is reserved for a time, such as that of a log-out that must not be repeated. */
    public String claim(String name) {
        return prefix + ":claim:{" + Base64Url.encode(Sha256.hash(name)) + '}';
    }

    private static String escape(String text) {
        return text.replace("%", "%25").replace("{", "%7B").replace("}", "%7D");
    }
}
