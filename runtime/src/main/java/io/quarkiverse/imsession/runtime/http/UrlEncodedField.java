package io.quarkiverse.imsession.runtime.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

import io.vertx.core.buffer.Buffer;

/** A field of a form that is sent as {@code a=b&c=d}. */
final class UrlEncodedField extends FormField {

    private static final int MAX_NAME = 1024;
    private static final int NONE = -1;

    private final String name;
    private final int maxEncodedName;

    private int next;
    private int start;
    private int equals = NONE;
    private boolean wanted;

    UrlEncodedField(String name) {
        this.name = name;
        this.maxEncodedName = "%XX".length() * name.getBytes(StandardCharsets.UTF_8).length;
    }

    @Override
    void read(Buffer body, boolean whole) {
        for (; next < body.length() && !isDecided(); next++) {
            byte b = body.getByte(next);
            if (b == '&') {
                endField(body);
            } else if (equals != NONE) {
                if (wanted) {
                    checkValue(next - equals);
                }
            } else if (b == '=') {
                equals = next;
                wanted = next - start <= maxEncodedName && name.equals(decode(body, start, next));
            } else if (next - start >= MAX_NAME) {
                decide(null);
            }
        }
        if (whole && !isDecided()) {
            endField(body);
        }
    }

    private void endField(Buffer body) {
        if (wanted) {
            decide(decode(body, equals + 1, next));
        } else if (next > start) {
            countField();
        }
        start = next + 1;
        equals = NONE;
    }

    private static @Nullable String decode(Buffer body, int start, int end) {
        try {
            // Some clients end the body with a line break.
            return URLDecoder.decode(body.getString(start, end), StandardCharsets.UTF_8).stripTrailing();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
