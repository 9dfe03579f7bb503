package io.quarkiverse.imsession.spi;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

import org.jspecify.annotations.Nullable;

/** SHA-256 without a search for its provider each time. */
final class Sha256 {

    /** Never fed, only cloned. Set at run time, so that no provider gets into the heap of a native image. */
    private static volatile @Nullable MessageDigest blank;

    private Sha256() {
    }

    static byte[] hash(byte[] bytes, int from, int length) {
        MessageDigest digest = digest();
        digest.update(bytes, from, length);
        return digest.digest();
    }

    private static MessageDigest digest() {
        MessageDigest known = blank;
        if (known == null) {
            known = create();
            blank = known;
        }
        try {
            return (MessageDigest) known.clone();
        } catch (CloneNotSupportedException e) {
            // Some providers, as those that use hardware, cannot.
            return create();
        }
    }

    private static MessageDigest create() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
