package io.quarkiverse.imsession.runtime.session;

import java.security.MessageDigest;
import java.util.Base64;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.codec.Base64Url;
import io.quarkiverse.imsession.codec.Sha256;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.spi.TokenHash;

/**
 * The secret of a session's CSRF tokens. It is a hash of the session's token, so that a form needs no write and parallel
 * requests get the same secret. A timed renewal stores the old secret in the session, so that earlier CSRF tokens stay valid. A
 * renewal by the application removes it.
 */
final class CsrfSecret {

    private static final int LENGTH = 32;
    private static final String PURPOSE = "csrf:";

    private final byte[] bytes;

    private CsrfSecret(byte[] bytes) {
        this.bytes = bytes;
    }

    static CsrfSecret of(TokenHash token) {
        return new CsrfSecret(Sha256.hash(PURPOSE + token.value()));
    }

    static CsrfSecret of(StoredSession stored) {
        byte[] kept = decode(stored.attributes().get(Attributes.CSRF));
        return kept.length == LENGTH ? new CsrfSecret(kept) : of(stored.token().current());
    }

    /** The text to store. */
    String encode() {
        return Base64Url.encode(bytes);
    }

    /** A CSRF token: a mask, and the secret combined with it. */
    String token(byte[] mask) {
        byte[] token = new byte[2 * LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            token[i] = mask[i];
            token[LENGTH + i] = (byte) (mask[i] ^ bytes[i]);
        }
        return Base64Url.encode(token);
    }

    /** Whether a text is a CSRF token of this secret, checked in constant time. */
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

    /** The bytes of a text; empty if the text is not base64url, or far too long. */
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

    /** Leaves the secret out. */
    @Override
    public String toString() {
        return "CsrfSecret";
    }
}
