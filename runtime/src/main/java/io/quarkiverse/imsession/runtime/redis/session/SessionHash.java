package io.quarkiverse.imsession.runtime.redis.session;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.codec.FieldName;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.spi.TokenHash;
import io.quarkiverse.imsession.spi.TokenState;
import io.vertx.redis.client.Response;

/**
 * Reads the hash of a session, as the scripts write it: fields that begin with {@code @} belong to the extension, all others to
 * the application. The values that every session has share one field, as a field takes more memory in Redis than its text. A
 * hash with a damaged field of the extension is no session.
 */
final class SessionHash {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.imsession.redis");
    /** The token's hash, when the session was created, when it expires, and its version. */
    static final String META = "@meta";
    /**
     * The hash of the token that the present one replaced, the time until which it is known, how it was replaced (0 unsettled,
     * 1 settled, 2 revoked), and the hash of one more such token if there is one.
     */
    private static final String PREVIOUS = "@previous";
    /** The only field of a replaced session: its tokens, in the form of {@link #PREVIOUS}. */
    private static final String REPLACED = "@replaced";
    /** The version of the session at its last renewal by the application. */
    private static final String REVOKED = "@revoked";
    /** The own timeout of the session, in milliseconds. */
    static final String TIMEOUT = "@timeout";
    /** The greatest number of digits of a time, which ends in the year 5138. */
    private static final int TIME_DIGITS = 14;
    /** The greatest number of digits of a duration: 316 years, which can be added to any current time. */
    private static final int DURATION_DIGITS = 13;
    /** The prefix of the field with the score of the session's entry in the index, before the name of the indexed field. */
    static final String REFERENCE = "@ref:";

    private @Nullable String meta;
    private @Nullable String previous;
    private @Nullable String replaced;
    private long revoked;
    private @Nullable Instant renewed;
    private @Nullable Duration ownTimeout;
    private final Map<String, String> data;
    private Map<String, String> attributes = Map.of();

    private SessionHash(int size) {
        this.data = new LinkedHashMap<>(size * 2);
    }

    /** The session, or null if there is none: the hash is empty, or was not written by the scripts. */
    static @Nullable StoredSession read(@Nullable Response reply, Instant now) {
        if (reply == null || reply.size() == 0) {
            return null;
        }
        try {
            SessionHash hash = new SessionHash(reply.size());
            if (reply.isMap()) {
                reply.getKeys().forEach(name -> hash.add(name, reply.get(name).toString()));
            } else {
                for (int i = 0; i < reply.size(); i += 2) {
                    hash.add(reply.get(i).toString(), reply.get(i + 1).toString());
                }
            }
            return hash.toSession(now);
        } catch (IllegalArgumentException e) {
            LOG.debugf("A hash with the key of a session is damaged");
            return null;
        }
    }

    private void add(String name, String value) {
        if (!FieldName.isReserved(name)) {
            data.put(name, value);
            return;
        }
        switch (name) {
            case META -> meta = value;
            case PREVIOUS -> previous = value;
            case REPLACED -> replaced = value;
            case REVOKED -> revoked = number(value, 0, value.length(), TIME_DIGITS);
            case "@renewed" -> renewed = instant(value, 0, value.length());
            case "@moved" -> {
                // The update script uses this text.
            }
            case TIMEOUT -> ownTimeout = Duration.ofMillis(number(value, 0, value.length(), DURATION_DIGITS));
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
        if (meta == null) {
            return replaced == null ? null
                    : StoredSession.ofReplaced(tokens(TokenHash.NOBODYS, replaced, Long.MAX_VALUE), now);
        }
        int created = afterSpace(meta, 0);
        int expires = afterSpace(meta, created);
        int version = afterSpace(meta, expires);
        TokenHash current = new TokenHash(meta.substring(0, created - 1));
        return new StoredSession(tokens(current, previous, revoked), SessionData.fromJson(data), attributes,
                number(meta, version, meta.length(), TIME_DIGITS), instant(meta, created, expires - 1), renewed,
                instant(meta, expires, version - 1), ownTimeout, now);
    }

    private static TokenState tokens(TokenHash current, @Nullable String previous, long revoked) {
        if (previous == null) {
            return new TokenState(current, null, null, null, TokenState.Kind.SETTLED, revoked);
        }
        int grace = afterSpace(previous, 0);
        int kind = afterSpace(previous, grace);
        int dropped = previous.indexOf(' ', kind) + 1;
        return new TokenState(current, new TokenHash(previous.substring(0, grace - 1)),
                dropped == 0 ? null : new TokenHash(previous.substring(dropped)), instant(previous, grace, kind - 1),
                kind(dropped == 0 ? previous.substring(kind) : previous.substring(kind, dropped - 1)), revoked);
    }

    private static int afterSpace(String text, int from) {
        int space = text.indexOf(' ', from);
        if (space < 0) {
            throw new IllegalArgumentException("A part is missing");
        }
        return space + 1;
    }

    private static Instant instant(String text, int begin, int end) {
        return Instant.ofEpochMilli(number(text, begin, end, TIME_DIGITS));
    }

    private static TokenState.Kind kind(String digit) {
        return switch (digit) {
            case "0" -> TokenState.Kind.UNSETTLED;
            case "1" -> TokenState.Kind.SETTLED;
            case "2" -> TokenState.Kind.REVOKED;
            default -> throw new IllegalArgumentException("This is no kind");
        };
    }

    /** A number as the scripts write it. Java also accepts signs and the digits of other writing systems. */
    private static long number(String text, int begin, int end, int mostDigits) {
        if (begin == end || end - begin > mostDigits) {
            throw new NumberFormatException("This is no number");
        }
        long number = 0;
        for (int i = begin; i < end; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                throw new NumberFormatException("This is no number");
            }
            number = 10 * number + digit;
        }
        return number;
    }
}
