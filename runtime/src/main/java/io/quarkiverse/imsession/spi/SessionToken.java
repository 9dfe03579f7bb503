package io.quarkiverse.imsession.spi;

import java.security.SecureRandom;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.codec.Base64Url;

/**
 * The credential of a client for its session: {@code <id>.<secret>}. The secret consists of 192 random bits, as 32 characters
 * of base64url. Only {@link #value()} shows it.
 */
public final class SessionToken {

    private static final int SECRET_LENGTH = 32;

    /** The number of characters of a token. */
    public static final int LENGTH = SessionId.LENGTH + 1 + SECRET_LENGTH;

    private final SessionId id;
    private final String value;
    /** Computed at its first use. If two threads compute it, the results are equal and immutable. */
    private @Nullable TokenHash hash;

    private SessionToken(SessionId id, String value) {
        this.id = id;
        this.value = value;
    }

    private SessionToken(SessionId id, SecureRandom random) {
        this(id, id.value() + '.' + randomText(random, 24));
    }

    /** A token for a new session. */
    public static SessionToken generate(SecureRandom random) {
        return new SessionToken(new SessionId(randomText(random, 16)), random);
    }

    /** A new token for the same session, with another secret. */
    public SessionToken renew(SecureRandom random) {
        return new SessionToken(id, random);
    }

    private static boolean isWellFormed(String text) {
        return text.length() == LENGTH && text.charAt(SessionId.LENGTH) == '.'
                && Base64Url.matches(text, 0, SessionId.LENGTH)
                && Base64Url.matches(text, SessionId.LENGTH + 1, LENGTH);
    }

    /** The token of a text, or null if it does not have the shape of a token. Any text may be passed, of any length. */
    public static @Nullable SessionToken tryParse(String text) {
        if (!isWellFormed(text)) {
            return null;
        }
        return new SessionToken(new SessionId(text.substring(0, SessionId.LENGTH)), text);
    }

    /** The id of the session. */
    public SessionId id() {
        return id;
    }

    /** The hash of the secret, which stores keep in place of the secret. */
    public TokenHash hash() {
        TokenHash known = hash;
        if (known == null) {
            known = TokenHash.ofSecret(value, SessionId.LENGTH + 1);
            hash = known;
        }
        return known;
    }

    /** The token as text, with the secret: send it only to the client. Never log or store it. */
    public String value() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SessionToken token && id.equals(token.id) && hash().matches(token.hash());
    }

    @Override
    public int hashCode() {
        return Objects.hash(id);
    }

    /** The id without the secret. */
    @Override
    public String toString() {
        return id.value() + ".***";
    }

    private static String randomText(SecureRandom random, int bytes) {
        byte[] bits = new byte[bytes];
        random.nextBytes(bits);
        return Base64Url.encode(bits);
    }
}
