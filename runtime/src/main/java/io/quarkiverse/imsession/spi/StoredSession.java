package io.quarkiverse.imsession.spi;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.codec.FieldName;

/**
 * A session as a store holds it. All times are of the store's clock.
 *
 * @param token the state of its tokens
 * @param data the fields
 * @param attributes the values that the extension keeps beside the data, as texts by names that begin with {@code @}
 * @param version 1 for a new session, incremented by each update
 * @param createdAt when it was first stored
 * @param renewedAt when its token was last replaced, or null if it never was
 * @param expiresAt when it expires if it is not used again; the store keeps it for {@link SessionStore#EXPIRY_SLACK} longer
 * @param ownTimeout its own timeout, or null if it has the configured one
 * @param now the time of the load
 */
public record StoredSession(TokenState token, SessionData data, Map<String, String> attributes, long version, Instant createdAt,
        @Nullable Instant renewedAt,
        Instant expiresAt, @Nullable Duration ownTimeout, Instant now) {

    /** A session that is stored for the first time, now. */
    public static StoredSession of(NewSession session, Instant now) {
        return new StoredSession(TokenState.only(session.token()), session.data(), session.attributes(), 1, now, null,
                session.expiry().expiresAt(now, now, null), session.expiry().ownTimeout(), now);
    }

    /**
     * The remainder of a session that another one has replaced, which a store keeps for a while.
     *
     * @param token the tokens of the replaced session, none of them valid
     */
    public static StoredSession ofReplaced(TokenState token, Instant now) {
        return new StoredSession(token, SessionData.empty(), Map.of(), 0, now, null,
                token.graceEnds() == null ? now : token.graceEnds(), null, now);
    }

    /**
     * The remainder of this session when another one replaces it now.
     *
     * @param grace how long the store knows its tokens
     */
    public StoredSession replaced(Duration grace) {
        return ofReplaced(token.renewed(TokenHash.NOBODYS, now, grace, Long.MAX_VALUE), now);
    }

    /**
     * Whether this is the remainder of a session that another one replaced a moment ago. It has only the tokens, to recognize
     * requests that still carry one, see {@link TokenState.Check#REPLACED}. It is no session any more: it cannot be found,
     * changed or ended.
     */
    public boolean isReplaced() {
        return token.current().equals(TokenHash.NOBODYS);
    }

    /** The JSON text of a field, or the text of an attribute, whose names begin with {@code @}; null if it is absent. */
    public @Nullable String text(String name) {
        return FieldName.isReserved(name) ? attributes.get(name) : data.toJson().get(name);
    }

    /** When the session got its current token. */
    public Instant tokenTime() {
        return renewedAt == null ? createdAt : renewedAt;
    }

    /** The age of its current token. */
    public Duration tokenAge() {
        return Duration.between(tokenTime(), now);
    }

    /** This session as if it were loaded at another time. */
    public StoredSession at(Instant time) {
        return new StoredSession(token, data, attributes, version, createdAt, renewedAt, expiresAt, ownTimeout, time);
    }

    /** This session for many requests, see {@link SessionData#shared}. */
    public StoredSession shared() {
        return new StoredSession(token, data.shared(), attributes, version, createdAt, renewedAt, expiresAt, ownTimeout, now);
    }

    /** This session with only some fields of its data, and without {@linkplain FieldName#PRIVATE private attributes}. */
    public StoredSession withOnly(Set<String> fields) {
        Map<String, String> chosen = new LinkedHashMap<>(data.toJson());
        chosen.keySet().retainAll(fields);
        return new StoredSession(token, SessionData.fromJson(chosen), withoutPrivate(attributes), version, createdAt, renewedAt,
                expiresAt, ownTimeout, now);
    }

    /** This session without the {@linkplain FieldName#PRIVATE attributes} that only its own requests need. */
    public StoredSession withoutPrivate() {
        Map<String, String> rest = withoutPrivate(attributes);
        return rest == attributes ? this
                : new StoredSession(token, data, rest, version, createdAt, renewedAt, expiresAt, ownTimeout, now);
    }

    private static Map<String, String> withoutPrivate(Map<String, String> attributes) {
        if (attributes.keySet().stream().noneMatch(FieldName::isPrivate)) {
            return attributes;
        }
        Map<String, String> rest = new LinkedHashMap<>(attributes);
        rest.keySet().removeIf(FieldName::isPrivate);
        return Collections.unmodifiableMap(rest);
    }
}
