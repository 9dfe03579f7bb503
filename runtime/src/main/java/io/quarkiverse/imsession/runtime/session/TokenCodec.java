package io.quarkiverse.imsession.runtime.session;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.spi.SessionToken;

/** Makes tokens, and encodes and decodes the text that clients hold, which is signed if there are keys. */
public final class TokenCodec {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int SIGNATURE_LENGTH = 43;

    private final SecureRandom random = new SecureRandom();
    private final List<SecretKeySpec> keys;

    public TokenCodec(List<String> keys) {
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

    String encode(SessionToken token) {
        return keys.isEmpty() ? token.value() : token.value() + '.' + sign(keys.get(0), token.value());
    }

    /** The token of a text that a client sent; null if the text is no valid token. */
    @Nullable
    public SessionToken decode(String text) {
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
            return Base64.getUrlEncoder().withoutPadding()
                    .encodeToString(mac.doFinal(token.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HMAC-SHA-256", e);
        }
    }
}
