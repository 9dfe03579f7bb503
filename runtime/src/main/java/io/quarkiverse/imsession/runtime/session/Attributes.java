package io.quarkiverse.imsession.runtime.session;

import java.util.Map;
import java.util.Optional;

import io.quarkiverse.imsession.SessionClient;

/** The names of the values that are kept of a session besides its data. */
public final class Attributes {

    /** The secret of its CSRF tokens, if it is no more that of its token. */
    static final String CSRF = "@csrf";
    /** When it was authenticated, in milliseconds since 1970, if a timed renewal came after that. */
    public static final String AUTHENTICATED = "@authenticated";
    /** The user who is logged in, if there is one. */
    static final String LOGIN = "@login";
    /** The label that the application gave it. */
    static final String LABEL = "@label";
    /** The {@code User-Agent} of its client. */
    public static final String USER_AGENT = "@agent";
    /** The IP address of its client. */
    public static final String ADDRESS = "@address";

    private Attributes() {
    }

    public static SessionClient client(Map<String, String> attributes) {
        return new SessionClient(text(attributes, USER_AGENT), text(attributes, ADDRESS), text(attributes, LABEL));
    }

    private static Optional<String> text(Map<String, String> attributes, String name) {
        return Optional.ofNullable(attributes.get(name)).filter(text -> !text.isEmpty());
    }
}
