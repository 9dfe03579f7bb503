package io.quarkiverse.imsession;

import java.util.Objects;
import java.util.Optional;

import io.quarkiverse.imsession.codec.Base64Url;

/**
 * The id of a session, the same for its whole life: 128 random bits as 22 characters of base64url (RFC 4648 §5).
 * <p>
 * An id is no credential: the client also needs the secret of its token, which is never stored. So an id may be logged, listed
 * and indexed.
 *
 * @param value 22 characters of {@code A-Z a-z 0-9 - _}
 */
public record SessionId(String value) {

    /** The number of characters of an id. */
    public static final int LENGTH = 22;

    /**
     * @throws IllegalArgumentException if {@code value} has another shape; the message does not repeat the value, which
     *         may be a credential that was passed by mistake
     */
    public SessionId {
        Objects.requireNonNull(value, "value");
        if (!isId(value)) {
            throw new IllegalArgumentException(
                    "A session id has " + LENGTH + " characters of A-Z a-z 0-9 - _, this value has another shape");
        }
    }

    /** The id of a text, or empty if the text is no id. For texts from outside of the application. */
    public static Optional<SessionId> tryParse(String text) {
        return isId(text) ? Optional.of(new SessionId(text)) : Optional.empty();
    }

    private static boolean isId(String text) {
        return text.length() == LENGTH && Base64Url.matches(text, 0, LENGTH);
    }

    /** The id as text, as in {@link #value()}. */
    @Override
    public String toString() {
        return value;
    }
}
