package io.quarkiverse.imsession.runtime.session;

import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.SessionClient;

/** The names of the values that are kept of a session besides its data. */
public final class Attributes {

    /** The secret of its CSRF tokens, if it is no more that of its token. */
    static final String CSRF = "@csrf";
    /** The time at which its user was authenticated, see {@link AuthenticationTime}; not there if nobody was. */
    static final String AUTHENTICATED = "@authenticated";
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
        return new SessionClient(text(attributes.get(USER_AGENT)), text(attributes.get(ADDRESS)), text(attributes.get(LABEL)));
    }

    /** An attribute that is not there is as good as an empty one. */
    static Optional<String> text(@Nullable String attribute) {
        return Optional.ofNullable(attribute).filter(text -> !text.isEmpty());
    }
}
