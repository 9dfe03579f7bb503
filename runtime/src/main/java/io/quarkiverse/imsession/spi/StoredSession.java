package io.quarkiverse.imsession.spi;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.SessionData;

/**
 * A session as a store holds it. All times are of the store's clock.
 *
 * @param token which tokens are valid
 * @param data the fields
 * @param attributes what the extension keeps of it besides, as texts by names that begin with {@code @}
 * @param version 1 for a new session, and one more with each update
 * @param createdAt when it was stored first
 * @param renewedAt when its token was replaced last, or null if it never was
 * @param expiresAt when it ends if it is not used again; the store keeps it {@link SessionStore#EXPIRY_SLACK} longer
 * @param ownTimeout its own lifetime, or null if it has the configured one
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
     * What is left of a session for a while after another one was stored in its place.
     *
     * @param token the tokens that it had, none of them valid
     */
    public static StoredSession ofReplaced(TokenState token, Instant now) {
        return new StoredSession(token, SessionData.empty(), Map.of(), 0, now, null,
                token.graceEnds() == null ? now : token.graceEnds(), null, now);
    }

    /**
     * What is left of this session now that another one is stored in its place.
     *
     * @param grace how long its tokens are known
     */
    public StoredSession replaced(Duration grace) {
        return ofReplaced(token.renewed(TokenHash.NOBODYS, now, grace, Long.MAX_VALUE), now);
    }

    /**
     * Whether this is what is left of a session in whose place another one was stored a moment ago: its tokens, by which a
     * request that still has one is known, see {@link TokenState.Check#REPLACED}. It is no session any more: nobody can find,
     * change or end it.
     */
    public boolean isReplaced() {
        return token.current().equals(TokenHash.NOBODYS);
    }

    /** When it got its token. */
    public Instant tokenTime() {
        return renewedAt == null ? createdAt : renewedAt;
    }

    /** How long ago it got its token. */
    public Duration tokenAge() {
        return Duration.between(tokenTime(), now);
    }

    /** This session as it is when it is loaded at another time. */
    public StoredSession at(Instant time) {
        return new StoredSession(token, data, attributes, version, createdAt, renewedAt, expiresAt, ownTimeout, time);
    }

    /** This session with some fields of its data only. */
    public StoredSession withOnly(Set<String> fields) {
        Map<String, String> chosen = new LinkedHashMap<>(data.toJson());
        chosen.keySet().retainAll(fields);
        return new StoredSession(token, SessionData.fromJson(chosen), attributes, version, createdAt, renewedAt, expiresAt,
                ownTimeout, now);
    }
}
