package io.quarkiverse.imsession.test;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One request or reply as it is on the wire, in RESP 2 or 3. */
record RespFrame(byte[] bytes) {

    /** Null at the end of the stream. */
    static RespFrame read(InputStream in) throws IOException {
        int type = in.read();
        if (type < 0) {
            return null;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        copy(type, in, bytes);
        return new RespFrame(bytes.toByteArray());
    }

    /** The name of the command in lower case, if this is a request. */
    String command() {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        return text.split("\r\n", 4)[2].toLowerCase(Locale.ROOT);
    }

    /** Whether some text of ASCII characters is in it. */
    boolean contains(String text) {
        return new String(bytes, StandardCharsets.ISO_8859_1).contains(text);
    }

    /** Whether the server sent it without being asked. */
    boolean isPush() {
        return bytes[0] == '>';
    }

    private static void copy(int type, InputStream in, ByteArrayOutputStream to) throws IOException {
        String rest = line(in);
        to.write(type);
        to.write((rest + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        switch (type) {
            case '$', '=', '!' -> {
                int length = Integer.parseInt(rest);
                if (length >= 0) {
                    byte[] content = in.readNBytes(length + 2);
                    if (content.length < length + 2) {
                        throw new EOFException();
                    }
                    to.write(content);
                }
            }
            case '*', '~', '>' -> copyAll(Integer.parseInt(rest), in, to);
            case '%' -> copyAll(2 * Integer.parseInt(rest), in, to);
            case '+', '-', ':', ',', '(', '_', '#' -> {
                // The line is all.
            }
            default -> throw new IOException("Unexpected type " + (char) type);
        }
    }

    private static void copyAll(int count, InputStream in, ByteArrayOutputStream to) throws IOException {
        for (int i = 0; i < count; i++) {
            int type = in.read();
            if (type < 0) {
                throw new EOFException();
            }
            copy(type, in, to);
        }
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        int c;
        while ((c = in.read()) != '\r') {
            if (c < 0) {
                throw new EOFException();
            }
            line.append((char) c);
        }
        in.read();
        return line.toString();
    }
}
