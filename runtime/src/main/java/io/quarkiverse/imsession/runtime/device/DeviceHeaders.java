package io.quarkiverse.imsession.runtime.device;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The header fields of Device Bound Session Credentials, by the Editor's Draft of 17 February 2026 (§9.1 to §9.5). Earlier
 * drafts had other names, so these stand here and nowhere else. Their values are structured fields (RFC 9651).
 */
public final class DeviceHeaders {

    /** Of a response: offers the browser to register a key. */
    public static final String REGISTRATION = "Secure-Session-Registration";
    /** Of a response: what the browser has to sign next. */
    public static final String CHALLENGE = "Secure-Session-Challenge";
    /** Of a request to register or to refresh: the proof. */
    public static final String RESPONSE = "Secure-Session-Response";
    /** Of a request to refresh: the session, as its instructions name it. */
    public static final String SESSION_ID = "Sec-Secure-Session-Id";
    /** Of any request: why the browser has sent it without a valid bound cookie. */
    public static final String SKIPPED = "Secure-Session-Skipped";

    /** A proof or the id of a session without quotes. */
    private static final Pattern BARE = Pattern.compile("[A-Za-z0-9_.-]+");

    private DeviceHeaders() {
    }

    /**
     * The value of {@link #REGISTRATION}: an offer to register a key of any algorithm that {@link DeviceKey} knows, the one
     * that is preferred first.
     *
     * @param path where to register: a path or URL, relative to the URL of the response
     * @param challenge what the browser has to sign
     * @param authorization what the browser shows at the registration; null for nothing
     * @throws IllegalArgumentException if one of them has other characters than printable ASCII
     */
    public static String registration(String path, String challenge, @Nullable String authorization) {
        String offer = "(" + DeviceKey.Algorithm.ES256 + " " + DeviceKey.Algorithm.RS256 + ");path="
                + StructuredField.string(path) + ";challenge=" + StructuredField.string(challenge);
        return authorization == null ? offer : offer + ";authorization=" + StructuredField.string(authorization);
    }

    /**
     * The value of {@link #CHALLENGE}.
     *
     * @param session the session, as its instructions name it
     * @throws IllegalArgumentException if one of them has other characters than printable ASCII
     */
    public static String challenge(String challenge, String session) {
        return StructuredField.string(challenge) + ";id=" + StructuredField.string(session);
    }

    /** The proof in a value of {@link #RESPONSE}; null if it has none. Any text may be passed. */
    public static @Nullable String response(String value) {
        return text(value);
    }

    /** The session in a value of {@link #SESSION_ID}; null if it has none. Any text may be passed. */
    public static @Nullable String sessionId(String value) {
        return text(value);
    }

    /** The sessions in a value of {@link #SKIPPED}; none if it is malformed. Any text may be passed. */
    public static List<Skipped> skipped(String value) {
        return StructuredField.list(value).stream().filter(StructuredField.Item::isToken)
                .map(item -> new Skipped(Skipped.Reason.of(item.text()), item.parameters().get("session_identifier")))
                .toList();
    }

    /** The text of a string. Chromium leaves its quotes out, which may make something else of it, such as a number. */
    private static @Nullable String text(String value) {
        if (BARE.matcher(value).matches()) {
            return value;
        }
        StructuredField.Item item = StructuredField.item(value);
        return item == null || item.isToken() ? null : item.text();
    }

    /**
     * A session whose bound cookie the browser did not refresh.
     *
     * @param session the session, as its instructions name it; null if the browser does not say
     */
    public record Skipped(Reason reason, @Nullable String session) {

        /** The reasons of the draft. */
        public enum Reason {
            /** The server could not be reached. */
            UNREACHABLE,
            /** The server failed to answer. */
            SERVER_ERROR,
            /** The browser has refreshed too often. */
            QUOTA_EXCEEDED,
            /** A reason of a later draft. */
            OTHER;

            private static Reason of(String token) {
                for (Reason reason : values()) {
                    if (reason != OTHER && reason.name().toLowerCase(Locale.ROOT).equals(token)) {
                        return reason;
                    }
                }
                return OTHER;
            }
        }
    }
}
