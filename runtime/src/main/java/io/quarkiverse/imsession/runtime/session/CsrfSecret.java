package io.quarkiverse.imsession.runtime.session;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.spi.TokenHash;

/**
 * The secret of a session's CSRF tokens. It is a hash of the session's token, so that a form costs no write and parallel
 * requests agree on it. A timed renewal keeps the secret in the session, as tokens made before must stay valid; an explicit one
 * removes what was kept.
 */
final class CsrfSecret {

    private static final int LENGTH = 32;
    private static final byte[] PURPOSE = "csrf:".getBytes(StandardCharsets.US_ASCII);

    private final byte[] bytes;

    private CsrfSecret(byte[] bytes) {
        this.bytes = bytes;
    }

    static CsrfSecret of(TokenHash token) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(PURPOSE);
            return new CsrfSecret(digest.digest(token.value().getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    static CsrfSecret of(StoredSession stored) {
        byte[] kept = decode(stored.attributes().get(Attributes.CSRF));
        return kept.length == LENGTH ? new CsrfSecret(kept) : of(stored.token().current());
    }

    /** As it is kept in the session. */
    String encode() {
        return encode(bytes);
    }

    /** A token: a mask, and the secret under it. */
    String token(byte[] mask) {
        byte[] token = new byte[2 * LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            token[i] = mask[i];
            token[LENGTH + i] = (byte) (mask[i] ^ bytes[i]);
        }
        return encode(token);
    }

    /** Whether a text is a token of this secret, in a time that does not depend on where it differs. */
    boolean verify(@Nullable String token) {
        byte[] decoded = decode(token);
        byte[] claimed = new byte[LENGTH];
        boolean complete = decoded.length == 2 * LENGTH;
        for (int i = 0; i < LENGTH; i++) {
            claimed[i] = complete ? (byte) (decoded[i] ^ decoded[LENGTH + i]) : 0;
        }
        return MessageDigest.isEqual(bytes, claimed) & complete;
    }

    static int maskLength() {
        return LENGTH;
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Empty for what is no base64url, or far too long. */
    private static byte[] decode(@Nullable String text) {
        if (text == null || text.length() > 4 * LENGTH) {
            return new byte[0];
        }
        try {
            return Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "CsrfSecret";
    }
}
