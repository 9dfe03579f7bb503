package io.quarkiverse.imsession.runtime.session;

import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.SessionClient;

/** The names of the attributes: the values that are stored with a session beside its data. */
public final class Attributes {

    /** The secret of its CSRF tokens, if it no longer derives from its token. */
    static final String CSRF = "@csrf";
    /** The time at which its user was authenticated, see {@link AuthenticationTime}; absent if no user was. */
    static final String AUTHENTICATED = "@authenticated";
    /** The log-in of its user, see {@link Login}; absent if no user is logged in. */
    static final String LOGIN = "@login";
    /** Who acts for its user, see {@link Acting}; absent if nobody does. */
    static final String ACTING = "@acting";
    /** The user of a mechanism that keeps log-ins outside of the session; absent if the session was never used by one. */
    static final String OWNER = "@owner";
    /**
     * The binding of the session to the device of its browser, or the last offer to bind it; absent if nobody could bind it.
     * See {@link io.quarkiverse.imsession.runtime.device.DeviceBinding}.
     */
    public static final String DEVICE = "@device";
    /** The hash of the link that ends the session, and until when it holds; absent if there is none. */
    public static final String NOTICE = "@notice";
    /** The label of the session. */
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

    /** The text of an attribute; empty if the attribute is absent or empty. */
    static Optional<String> text(@Nullable String attribute) {
        return Optional.ofNullable(attribute).filter(text -> !text.isEmpty());
    }
}
