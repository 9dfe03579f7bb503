package io.quarkiverse.imsession.spi;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.codec.Sha256;

/**
 * The first 132 bits of the SHA-256 of a token's secret, as base64url. A secret has 192 random bits, so the hash needs no salt
 * and cannot be reversed: an attacker that reads the store gets no valid token.
 * <p>
 * Nothing else is asked of the hash. The first n bits of a SHA-256 resist the search for a text that has them with a strength
 * of n bits (NIST SP 800-107 Rev. 1, section 5.1). They resist the search for two texts that have the same with n / 2 bits
 * only, but such a pair is of no use to anybody: the server makes all secrets, and a token counts for one session only.
 *
 * @param value 22 characters of base64url. Of a longer text the first 22 count: earlier versions stored all 43 characters of
 *        the SHA-256, and these hashes stay valid
 */
public record TokenHash(String value) {

    private static final int LENGTH = 22;

    /** The empty hash, which no token has. */
    public static final TokenHash NOBODYS = new TokenHash("");

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    public TokenHash {
        if (value.length() > LENGTH) {
            value = value.substring(0, LENGTH);
        }
    }

    /** @param from the index of the first character of the secret */
    static TokenHash ofSecret(String token, int from) {
        byte[] bytes = token.getBytes(StandardCharsets.US_ASCII);
        byte[] text = BASE64.encode(Sha256.hash(bytes, from, bytes.length - from));
        return new TokenHash(new String(text, 0, LENGTH, StandardCharsets.ISO_8859_1));
    }

    /** Whether both hashes are equal, checked in constant time. False for null. */
    public boolean matches(@Nullable TokenHash other) {
        return other != null && MessageDigest.isEqual(value.getBytes(StandardCharsets.UTF_8),
                other.value.getBytes(StandardCharsets.UTF_8));
    }
}
