package io.quarkiverse.imsession.runtime.session;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.List;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.codec.Base64Url;
import io.quarkiverse.imsession.spi.SessionToken;

/** Makes tokens, and encodes and decodes the text that clients hold, which is signed if there are keys. */
public final class TokenCodec {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int SIGNATURE_LENGTH = 43;
    /** The greatest number of digits of a version in base 36: more than any session reaches, and it fits a long. */
    private static final int MOST_DIGITS = 12;

    private final SecureRandom random = new SecureRandom();
    private final List<SecretKeySpec> keys;
    private final boolean versions;

    public TokenCodec(List<String> keys) {
        this(keys, false);
    }

    /** @param versions whether the text tells the version of the session, see {@link #version} */
    public TokenCodec(List<String> keys, boolean versions) {
        this.versions = versions;
        this.keys = keys.stream().map(key -> new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), ALGORITHM)).toList();
    }

    SessionToken generate() {
        return SessionToken.generate(random);
    }

    SessionToken renew(SessionToken token) {
        return token.renew(random);
    }

    byte[] random(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Whether clients are told the version of the session that they have seen. */
    boolean tellsVersions() {
        return versions;
    }

    /** @param version the version of the session that the client has seen: after its last change, or read */
    String encode(SessionToken token, long version) {
        String text = keys.isEmpty() ? token.value() : token.value() + '.' + sign(keys.get(0), token.value());
        return versions ? text + '.' + Long.toString(version, Character.MAX_RADIX) : text;
    }

    /**
     * The version of the session that a client has seen, by its own text; 0 if it does not tell. It grants nothing, so it is
     * not signed: a client that lies about it gets an older version of its own session, or makes the application ask the
     * store.
     */
    long version(String text) {
        int begin = length() + 1;
        long version = 0;
        for (int i = begin; i < text.length(); i++) {
            version = version * Character.MAX_RADIX + Character.digit(text.charAt(i), Character.MAX_RADIX);
        }
        return version;
    }

    private int length() {
        return keys.isEmpty() ? SessionToken.LENGTH : SessionToken.LENGTH + 1 + SIGNATURE_LENGTH;
    }

    /** The text without the version of the session; null if what follows the token is no version. */
    private @Nullable String withoutVersion(String text) {
        int length = length();
        if (text.length() <= length) {
            return text;
        }
        int digits = text.length() - length - 1;
        if (text.charAt(length) != '.' || digits < 1 || digits > MOST_DIGITS) {
            return null;
        }
        for (int i = length + 1; i < text.length(); i++) {
            char digit = text.charAt(i);
            if (!(digit >= '0' && digit <= '9' || digit >= 'a' && digit <= 'z')) {
                return null;
            }
        }
        return text.substring(0, length);
    }

    /** The token of a text that a client sent; null if the text is no valid token. */
    @Nullable
    public SessionToken decode(String textWithVersion) {
        String text = withoutVersion(textWithVersion);
        if (text == null) {
            return null;
        }
        if (keys.isEmpty()) {
            return SessionToken.tryParse(text);
        }
        if (text.length() != SessionToken.LENGTH + 1 + SIGNATURE_LENGTH || text.charAt(SessionToken.LENGTH) != '.') {
            return null;
        }
        String value = text.substring(0, SessionToken.LENGTH);
        SessionToken token = SessionToken.tryParse(value);
        return token != null && isSigned(value, text.substring(SessionToken.LENGTH + 1)) ? token : null;
    }

    private boolean isSigned(String token, String signature) {
        byte[] presented = signature.getBytes(StandardCharsets.UTF_8);
        for (SecretKeySpec key : keys) {
            if (MessageDigest.isEqual(presented, sign(key, token).getBytes(StandardCharsets.UTF_8))) {
                return true;
            }
        }
        return false;
    }

    private static String sign(SecretKeySpec key, String token) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return Base64Url.encode(mac.doFinal(token.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HMAC-SHA-256", e);
        }
    }
}
