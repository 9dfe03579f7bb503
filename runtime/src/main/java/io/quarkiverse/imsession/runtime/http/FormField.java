package io.quarkiverse.imsession.runtime.http;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.vertx.core.buffer.Buffer;

/**
 * Looks for one field in the body of a form while it arrives. It looks at each byte a few times at the most, however many
 * chunks they come in, and keeps nothing of what it has passed. It gives up where a form has more than any page would send.
 */
abstract sealed class FormField permits UrlEncodedField, MultipartField {

    /** How many fields there may be before it: as many as servlets accept. */
    private static final int MAX_FIELDS = 1000;
    /** How long its value may be. A token is much shorter. */
    private static final int MAX_VALUE = 1024;

    private int fields;
    private boolean decided;
    private @Nullable String value;

    /** @return null if a body of that type is no form */
    static @Nullable FormField of(String name, @Nullable String contentType) {
        List<String> parts = HeaderParts.split(contentType == null ? "" : contentType, ';');
        if (parts.get(0).equalsIgnoreCase("application/x-www-form-urlencoded")) {
            return new UrlEncodedField(name);
        }
        String boundary = HeaderParts.parameter(parts, "boundary");
        boolean multipart = parts.get(0).equalsIgnoreCase("multipart/form-data") && MultipartField.isBoundary(boundary);
        return multipart ? new MultipartField(name, boundary) : null;
    }

    /**
     * Goes on where it stopped.
     *
     * @param body all that has arrived so far
     * @param whole whether nothing more comes
     * @return whether the value is known, or that there is none
     */
    final boolean search(Buffer body, boolean whole) {
        if (!decided) {
            read(body, whole);
        }
        decided |= whole;
        return decided;
    }

    /** Null if there is no such field, as far as it was looked for. */
    final @Nullable String value() {
        return value;
    }

    /** Reads on up to the end of {@code body}, or to {@link #isDecided()}. */
    abstract void read(Buffer body, boolean whole);

    final boolean isDecided() {
        return decided;
    }

    final void decide(@Nullable String found) {
        decided = true;
        value = found;
    }

    final void countField() {
        if (++fields > MAX_FIELDS) {
            decide(null);
        }
    }

    /** Called while bytes of the value arrive, so that nothing has to wait for the end of a long one. */
    final void checkValue(int length) {
        if (length > MAX_VALUE) {
            decide(null);
        }
    }
}
