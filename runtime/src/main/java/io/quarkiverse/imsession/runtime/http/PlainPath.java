package io.quarkiverse.imsession.runtime.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

import org.jspecify.annotations.Nullable;

import io.vertx.core.http.HttpServerRequest;

/**
 * Checks whether a path is plain: whether the router, Quarkus REST, servlets, static resources and proxies all interpret it in
 * the same way. Some of them drop the text after a semicolon, and some resolve dots before that and some after it. Some decode
 * a character that others leave encoded, some treat a backslash as a slash, and some use the whole URI where others use only
 * its path.
 */
final class PlainPath {

    private static final int FIRST_BEYOND_ASCII = 0x80;
    /**
     * The characters besides letters and digits that all layers read in the same way if they are not encoded: those of RFC 3986
     * §3.3 except the semicolon.
     */
    private static final String PLAIN = "-._~!$&'()*+,=:@/";
    /** The characters that all layers read in the same way if they are encoded. */
    private static final String PLAIN_IF_ENCODED = "-_~ \"<>[]^`{|}";

    private PlainPath() {
    }

    /** The path of a request, decoded; null if it is not plain. */
    static @Nullable String of(HttpServerRequest request) {
        String uri = request.uri();
        String path = request.path();
        if (uri == null || path == null) {
            return null;
        }
        // Servlets read the URI, which differs from the path if it has a host, or a prefix that a proxy has forwarded.
        int query = uri.indexOf('?');
        return decode(query < 0 ? uri : uri.substring(0, query)) == null ? null : decode(path);
    }

    /**
     * A path of the configuration, decoded.
     *
     * @param path the path; it may have unencoded characters that requests must encode
     * @return null if it is not plain, and so no request can have it
     */
    static @Nullable String decodeConfigured(String path) {
        StringBuilder encoded = new StringBuilder(path.length());
        for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
            if (b == '%' || isPlain((char) b)) {
                encoded.append((char) b);
            } else {
                HexFormat.of().withUpperCase().toHexDigits(encoded.append('%'), b);
            }
        }
        return decode(encoded.toString());
    }

    /** Decodes a path. Returns the same text if there is nothing to decode. */
    static @Nullable String decode(String path) {
        if (path.indexOf('%') >= 0) {
            String decoded = decodeEscapes(path);
            return decoded != null && hasPlainSegments(decoded) ? decoded : null;
        }
        for (int i = 0; i < path.length(); i++) {
            if (!isPlain(path.charAt(i))) {
                return null;
            }
        }
        return hasPlainSegments(path) ? path : null;
    }

    private static @Nullable String decodeEscapes(String path) {
        byte[] bytes = new byte[path.length()];
        int length = 0;
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c != '%') {
                if (!isPlain(c)) {
                    return null;
                }
                bytes[length++] = (byte) c;
            } else {
                int escaped = escapedAt(path, i);
                if (!isPlainIfEncoded(escaped)) {
                    return null;
                }
                bytes[length++] = (byte) escaped;
                i += 2;
            }
        }
        return decodeUtf8(ByteBuffer.wrap(bytes, 0, length));
    }

    /** The byte of a percent escape; -1 if it is not valid. */
    private static int escapedAt(String path, int percent) {
        int end = percent + 3;
        return end <= path.length() && HexFormat.isHexDigit(path.charAt(percent + 1))
                && HexFormat.isHexDigit(path.charAt(percent + 2)) ? HexFormat.fromHexDigits(path, percent + 1, end) : -1;
    }

    private static @Nullable String decodeUtf8(ByteBuffer bytes) {
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
            return text.chars().anyMatch(Character::isISOControl) ? null : text;
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private static boolean hasPlainSegments(String path) {
        if (!path.startsWith("/")) {
            return false;
        }
        for (int start = 1; start < path.length();) {
            int slash = path.indexOf('/', start);
            int end = slash < 0 ? path.length() : slash;
            boolean dots = path.charAt(start) == '.' && (end == start + 1 || end == start + 2 && path.charAt(start + 1) == '.');
            if (end == start || dots) {
                return false;
            }
            start = end + 1;
        }
        return true;
    }

    private static boolean isPlain(char c) {
        return isLetterOrDigit(c) || PLAIN.indexOf(c) >= 0;
    }

    private static boolean isPlainIfEncoded(int b) {
        return b >= FIRST_BEYOND_ASCII || isLetterOrDigit(b) || PLAIN_IF_ENCODED.indexOf(b) >= 0;
    }

    private static boolean isLetterOrDigit(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }
}
