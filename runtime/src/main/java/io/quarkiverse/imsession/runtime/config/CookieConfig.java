package io.quarkiverse.imsession.runtime.config;

import java.util.Optional;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.annotations.ConfigDocDefault;
import io.quarkus.runtime.annotations.ConfigGroup;
import io.smallrye.config.WithDefault;

/** The session cookie. */
@ConfigGroup
public interface CookieConfig {

    /**
     * The name of the session cookie. If the name has the prefix `__Host-`, browsers refuse such a cookie from another
     * subdomain; the prefix requires `secure`, the path `/` and no domain. Applications on one host, or below one `domain`, get
     * each other's cookies and need different names.
     */
    @ConfigDocDefault(value = "`__Host-connsid` with `secure`, the path `/` and no domain, otherwise `connsid`", escape = false)
    Optional<String> name();

    /** The configured name, or the default name: with the prefix, unless browsers would refuse it because of other settings. */
    default String nameInForce() {
        return name().orElseGet(() -> isSecure() && path().equals("/") && domain().isEmpty() ? "__Host-connsid" : "connsid");
    }

    /** The path below which browsers send the cookie. */
    @WithDefault("/")
    String path();

    /**
     * The domain whose hosts get the cookie, such as `example.org`, without scheme and port. Without a domain, browsers send
     * the cookie only to the host that set it, which is safer.
     */
    @ConfigDocDefault("the host that set it")
    Optional<String> domain();

    /** Whether the cookie is hidden from scripts. If this is off, an attacker can steal sessions with any script injection. */
    @WithDefault("true")
    boolean httpOnly();

    /**
     * When browsers send the cookie on requests from other sites: `strict` never, `lax` only when the user follows a link,
     * `none` always.
     */
    @WithDefault("lax")
    SameSite sameSite();

    /** Whether browsers send the cookie over HTTPS only. */
    @ConfigDocDefault("true, in development and test mode false")
    Optional<Boolean> secure();

    /** Whether browsers send the cookie over HTTPS only: the configured value, or the default of the launch mode. */
    default boolean isSecure() {
        return secure().orElse(LaunchMode.current() == LaunchMode.NORMAL);
    }

    /**
     * Whether browsers keep a separate cookie for each top-level site (CHIPS), for pages that are embedded in other sites.
     * Requires `secure`.
     */
    @WithDefault("false")
    boolean partitioned();

    /**
     * Whether the cookie is kept when the browser is closed. It then expires with the session. `if-remembered`: only that of a
     * session with a timeout of its own, by `ImSession.touch(Duration)`, which is how an application remembers a user who asks
     * for it.
     */
    @WithDefault("true")
    Persistence persistent();

    /** The sessions whose cookies are kept when the browser is closed. */
    enum Persistence {
        /** All. */
        TRUE,
        /** None. */
        FALSE,
        /** Those with a timeout of their own. */
        IF_REMEMBERED;

        /** @param remembered whether the session has a timeout of its own */
        public boolean keeps(boolean remembered) {
            return this == TRUE || this == IF_REMEMBERED && remembered;
        }
    }

    /** The SameSite attribute. */
    enum SameSite {
        /** Never on requests from other sites. */
        STRICT("Strict"),
        /** On requests from other sites only when the user follows a link. */
        LAX("Lax"),
        /** On all requests. */
        NONE("None");

        public final String attribute;

        SameSite(String attribute) {
            this.attribute = attribute;
        }
    }
}
