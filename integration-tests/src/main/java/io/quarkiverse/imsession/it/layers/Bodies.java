package io.quarkiverse.imsession.it.layers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What the endpoints answer: the same for the endpoints and their tests. */
final class Bodies {

    static final int LARGE = 5 * 1024 * 1024;
    static final int MEDIUM = 1024 * 1024;
    static final int FILE = 300_000;
    static final int CHUNKS = 100;
    static final String REFUSED = "first, refused";
    static final String ACCEPTED = "first, accepted";

    private static final int CHUNK = 1000;

    private static Path file;

    private Bodies() {
    }

    static String count(int count) {
        return "count: " + count;
    }

    /** No two parts of it look the same, so nothing can be lost or exchanged unseen. */
    static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) ('a' + (i ^ i / 26 ^ i / 677) % 26);
        }
        return bytes;
    }

    static String text(int size) {
        return new String(bytes(size), StandardCharsets.US_ASCII);
    }

    static String chunk(int index) {
        return index + text(CHUNK);
    }

    /** What a body has to be, told by its receiver. */
    static String fingerprint(byte[] body) {
        try {
            return body.length + " " + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Made when it is first asked for: what a static initializer makes is made while the native image is built. */
    static synchronized Path file() {
        if (file == null) {
            file = write();
        }
        return file;
    }

    private static Path write() {
        try {
            Path written = Files.createTempFile("layers", ".txt");
            written.toFile().deleteOnExit();
            return Files.write(written, bytes(FILE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
