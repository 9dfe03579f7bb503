package io.quarkiverse.imsession.it.csrf;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What arrived, told by who received it: the same for the endpoints and their tests. */
final class Received {

    static final String TEXT = "text";
    static final String FILE = "file";

    private Received() {
    }

    static String of(String text) {
        return "text " + fingerprint(String.valueOf(text).getBytes(StandardCharsets.UTF_8));
    }

    static String of(String text, byte[] file) {
        return of(text) + ", file " + fingerprint(file);
    }

    static String fingerprint(byte[] body) {
        try {
            return body.length + " " + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
