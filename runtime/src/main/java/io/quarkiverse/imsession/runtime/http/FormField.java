package io.quarkiverse.imsession.runtime.http;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.vertx.core.buffer.Buffer;

/**
 * Searches for one field in the body of a form while it arrives. It reads each byte a few times at most, however many chunks
 * there are, and keeps no copy of the bytes that it has passed. It gives up if a form is larger than any page would send.
 */
abstract sealed class FormField permits UrlEncodedField, MultipartField {

    /** The greatest number of fields before it, the same as in servlets. */
    private static final int MAX_FIELDS = 1000;
    /** The greatest length of its value in bytes. A token is much shorter. */
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
     * Continues the search where it stopped.
     *
     * @param body all bytes that have arrived so far
     * @param whole whether the body is complete
     * @return whether it is decided: the value is known, or there is none
     */
    final boolean search(Buffer body, boolean whole) {
        if (!decided) {
            read(body, whole);
        }
        decided |= whole;
        return decided;
    }

    /** The value; null if the field was not found. */
    final @Nullable String value() {
        return value;
    }

    /** Reads on until the end of {@code body}, or until {@link #isDecided()}. */
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

    /** Called while bytes of the value arrive, so that a value that is too long is refused before its end. */
    final void checkValue(int length) {
        if (length > MAX_VALUE) {
            decide(null);
        }
    }
}
