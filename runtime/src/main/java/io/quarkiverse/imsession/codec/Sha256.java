package io.quarkiverse.imsession.codec;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

import org.jspecify.annotations.Nullable;

/** Computes SHA-256 hashes without a lookup of the provider for each hash. */
public final class Sha256 {

    /** Only cloned, never updated. Set at run time, so that no provider gets into the heap of a native image. */
    private static volatile @Nullable MessageDigest blank;

    private Sha256() {
    }

    /** The hash of a text as UTF-8. */
    public static byte[] hash(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return hash(bytes, 0, bytes.length);
    }

    /** The hash of {@code length} bytes, beginning at {@code from}. */
    public static byte[] hash(byte[] bytes, int from, int length) {
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
            // Some providers cannot clone a digest, for example those that use hardware.
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
