package io.quarkiverse.imsession.spi;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.codec.Sha256;

/**
 * The SHA-256 of a token's secret, as base64url. A secret has 192 random bits, so the hash needs no salt and cannot be
 * reversed: an attacker that reads the store gets no valid token.
 *
 * @param value 43 characters of base64url
 */
public record TokenHash(String value) {

    /** The empty hash, which no token has. */
    public static final TokenHash NOBODYS = new TokenHash("");

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    /** @param from the index of the first character of the secret */
    static TokenHash ofSecret(String token, int from) {
        byte[] bytes = token.getBytes(StandardCharsets.US_ASCII);
        return new TokenHash(BASE64.encodeToString(Sha256.hash(bytes, from, bytes.length - from)));
    }

    /** Whether both hashes are equal, checked in constant time. False for null. */
    public boolean matches(@Nullable TokenHash other) {
        return other != null && MessageDigest.isEqual(value.getBytes(StandardCharsets.UTF_8),
                other.value.getBytes(StandardCharsets.UTF_8));
    }
}
