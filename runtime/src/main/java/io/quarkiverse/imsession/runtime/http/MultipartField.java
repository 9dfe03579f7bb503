package io.quarkiverse.imsession.runtime.http;

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.vertx.core.buffer.Buffer;

/** A field of a form with parts (RFC 7578). It is read line by line, as a boundary is always a line. */
final class MultipartField extends FormField {

    /** RFC 2046 §5.1.1. */
    private static final int MAX_BOUNDARY = 70;
    /** The greatest length of all headers of a part, in bytes. */
    private static final int MAX_HEADERS = 4096;
    private static final String DISPOSITION = "content-disposition:";

    private enum State {
        /** Before the first part. */
        PREAMBLE,
        /** In the headers of a part. */
        HEADERS,
        /** In the content of a part. */
        CONTENT
    }

    private final String name;
    private final byte[] delimiter;

    private State state = State.PREAMBLE;
    private int next;
    private int line;
    private int stateStart;
    private boolean wanted;

    MultipartField(String name, String boundary) {
        this.name = name;
        this.delimiter = ("--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
    }

    static boolean isBoundary(@Nullable String boundary) {
        return boundary != null && !boundary.isEmpty() && boundary.length() <= MAX_BOUNDARY;
    }

    @Override
    void read(Buffer body, boolean whole) {
        for (; next < body.length() && !isDecided(); next++) {
            if (body.getByte(next) == '\n') {
                endLine(body);
                line = next + 1;
            } else if (state == State.HEADERS && next - stateStart >= MAX_HEADERS) {
                decide(null);
            } else if (state == State.CONTENT && wanted) {
                checkValue(next - stateStart);
            }
        }
        if (whole && !isDecided()) {
            endLine(body);
        }
    }

    private void endLine(Buffer body) {
        if (state != State.HEADERS) {
            if (isDelimiter(body)) {
                endPart(body);
            }
        } else if (line < withoutBreak(body, next)) {
            readHeader(body.getString(line, next).strip());
        } else {
            begin(State.CONTENT);
        }
    }

    private boolean isDelimiter(Buffer body) {
        if (next - line < delimiter.length) {
            return false;
        }
        for (int i = 0; i < delimiter.length; i++) {
            if (body.getByte(line + i) != delimiter[i]) {
                return false;
            }
        }
        return true;
    }

    private void endPart(Buffer body) {
        String end = body.getString(line + delimiter.length, next).strip();
        if (!end.isEmpty() && !end.startsWith("--")) {
            // The boundary is only the beginning of this line.
            return;
        }
        if (state == State.CONTENT && wanted) {
            decide(body.getString(stateStart, Math.max(stateStart, withoutBreak(body, line - 1))));
        } else if (!end.isEmpty()) {
            decide(null);
        } else {
            countField();
            wanted = false;
            begin(State.HEADERS);
        }
    }

    private void begin(State newState) {
        state = newState;
        stateStart = next + 1;
    }

    /** Reads a header of a part. A part with a file name is a file, and no field. */
    private void readHeader(String header) {
        if (header.regionMatches(true, 0, DISPOSITION, 0, DISPOSITION.length())) {
            List<String> parts = HeaderParts.split(header.substring(DISPOSITION.length()), ';');
            wanted = name.equals(HeaderParts.parameter(parts, "name")) && HeaderParts.parameter(parts, "filename") == null
                    && HeaderParts.parameter(parts, "filename*") == null;
        }
    }

    /** The index of the end of a line without its line break, given the index of its line feed. */
    private static int withoutBreak(Buffer body, int lineFeed) {
        return lineFeed > 0 && body.getByte(lineFeed - 1) == '\r' ? lineFeed - 1 : lineFeed;
    }
}
