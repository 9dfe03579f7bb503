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
     * The name. With the prefix `__Host-` browsers refuse a cookie that another subdomain plants; it asks for `secure`,
     * the path `/` and no domain. Applications whose cookies reach each other, on one host or below one `domain`, need
     * different names.
     */
    @ConfigDocDefault(value = "`__Host-connsid` with `secure`, the path `/` and no domain, otherwise `connsid`", escape = false)
    Optional<String> name();

    /** The name as it holds with the other settings: that with the prefix, unless browsers would refuse it. */
    default String nameInForce() {
        return name().orElseGet(() -> isSecure() && path().equals("/") && domain().isEmpty() ? "__Host-connsid" : "connsid");
    }

    /**
     * The path below which browsers send it.
     */
    @WithDefault("/")
    String path();

    /**
     * The domain whose hosts it is sent to, as in `example.org`, without scheme and port. Without it only the host that set it
     * gets it, which is safer.
     */
    @ConfigDocDefault("the host that set it")
    Optional<String> domain();

    /**
     * Whether it is hidden from scripts. Turning this off lets any script injection steal sessions.
     */
    @WithDefault("true")
    boolean httpOnly();

    /**
     * When browsers send it on requests from other sites: `strict` never, `lax` only on following links, `none` always.
     */
    @WithDefault("lax")
    SameSite sameSite();

    /**
     * Whether it is sent over HTTPS only.
     */
    @ConfigDocDefault("true, in development and test mode false")
    Optional<Boolean> secure();

    /** Whether it is sent over HTTPS only, as it holds in this mode. */
    default boolean isSecure() {
        return secure().orElse(LaunchMode.current() == LaunchMode.NORMAL);
    }

    /**
     * Whether it is kept apart per top-level site (CHIPS), for pages embedded in others. Asks for `secure`.
     */
    @WithDefault("false")
    boolean partitioned();

    /**
     * Whether it outlives the browser.
     */
    @WithDefault("true")
    boolean persistent();

    /** The SameSite attribute. */
    enum SameSite {
        /** Never from other sites. */
        STRICT("Strict"),
        /** From other sites only on following links. */
        LAX("Lax"),
        /** Always. */
        NONE("None");

        public final String attribute;

        SameSite(String attribute) {
            this.attribute = attribute;
        }
    }
}
