package io.quarkiverse.imsession.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** As much of an HTTP/1.1 response as is of interest. */
record Response(int status, List<String> setCookies, String body) {

    private static final String LAST_CHUNK = "\r\n0\r\n\r\n";

    /** Null if the response is not complete. */
    static Response parse(byte[] bytes, int length) {
        String text = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
        int headEnd = text.indexOf("\r\n\r\n");
        if (headEnd < 0) {
            return null;
        }
        int contentLength = 0;
        boolean chunked = false;
        List<String> setCookies = new ArrayList<>(0);
        int lineStart = text.indexOf("\r\n") + 2;
        while (lineStart < headEnd + 2) {
            int lineEnd = text.indexOf("\r\n", lineStart);
            int colon = text.indexOf(':', lineStart);
            String value = text.substring(colon + 1, lineEnd).trim();
            switch (text.substring(lineStart, colon).toLowerCase(Locale.ROOT)) {
                case "content-length" -> contentLength = Integer.parseInt(value);
                case "transfer-encoding" -> chunked = true;
                case "set-cookie" -> setCookies.add(value);
                default -> {
                    // Of no interest.
                }
            }
            lineStart = lineEnd + 2;
        }
        int bodyStart = headEnd + 4;
        boolean complete = chunked ? text.endsWith(LAST_CHUNK) : length >= bodyStart + contentLength;
        return complete ? new Response(Integer.parseInt(text.substring(9, 12)), setCookies, text.substring(bodyStart)) : null;
    }
}
