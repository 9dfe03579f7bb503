package io.quarkiverse.imsession.runtime.login;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;

import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.codec.Base64Url;
import io.quarkiverse.imsession.codec.Sha256;

/** Encrypts tokens for the store (AES-256-GCM), if there are keys. The first key encrypts, all keys decrypt. */
public final class TokenKeys {

    private static final String ALGORITHM = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final List<SecretKey> keys;
    private final SecureRandom random = new SecureRandom();

    public TokenKeys(List<String> keys) {
        this.keys = keys.stream().<SecretKey> map(secret -> new SecretKeySpec(Sha256.hash(secret), "AES")).toList();
    }

    /**
     * Encrypts a JSON object, or returns it as it is if there is no key.
     *
     * @param place where the text is kept: it can be decrypted only there
     */
    public String seal(String json, String place) {
        if (keys.isEmpty()) {
            return json;
        }
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, keys.get(0), nonce, place);
            byte[] text = json.getBytes(StandardCharsets.UTF_8);
            byte[] sealed = new byte[NONCE_BYTES + cipher.getOutputSize(text.length)];
            System.arraycopy(nonce, 0, sealed, 0, NONCE_BYTES);
            cipher.doFinal(text, 0, text.length, sealed, NONCE_BYTES);
            return Base64Url.encode(sealed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has AES-GCM", e);
        }
    }

    /** The JSON object, also one that was stored before there were keys; null if no key decrypts it in this place. */
    public @Nullable String open(String sealed, String place) {
        if (sealed.startsWith("{")) {
            return sealed;
        }
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(sealed);
        } catch (IllegalArgumentException e) {
            return null;
        }
        if (bytes.length < NONCE_BYTES) {
            return null;
        }
        for (SecretKey key : keys) {
            try {
                return new String(cipher(Cipher.DECRYPT_MODE, key, bytes, place)
                        .doFinal(bytes, NONCE_BYTES, bytes.length - NONCE_BYTES), StandardCharsets.UTF_8);
            } catch (GeneralSecurityException e) {
                // It was encrypted by another key, or for another place.
            }
        }
        return null;
    }

    private static Cipher cipher(int mode, SecretKey key, byte[] nonce, String place) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(ALGORITHM);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce, 0, NONCE_BYTES));
        cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
