package io.quarkiverse.imsession.runtime.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.quarkus.runtime.annotations.ConfigDocDefault;
import io.quarkus.runtime.annotations.ConfigGroup;
import io.smallrye.config.WithDefault;

/** Sessions that are bound to the device of their browser (Device Bound Session Credentials, a draft of the W3C). */
@ConfigGroup
public interface DeviceBoundConfig {

    /**
     * Whether browsers are asked to bind the session to their device when a user logs in. The browser makes a key that does
     * not leave the device, and proves every few minutes that it has it. A copy of the session cookie is then of no use on
     * another device. Browsers that cannot bind sessions ignore the offer, and their sessions stay as they are. The protocol
     * is a draft, so later versions may change it. Needs the session cookie, and HTTPS with a certificate that the browser
     * trusts.
     */
    @WithDefault("false")
    boolean enabled();

    /**
     * How long the bound cookie is valid, which the browser sends beside the session cookie: the time for which whoever steals
     * both cookies can use them. After that time the browser signs a proof before its next request, which takes two more
     * requests. Browsers limit how often they sign: with less than five minutes, users of Chromium who click a lot seem to be
     * logged out. A number without a unit is seconds.
     */
    @WithDefault("10M")
    Duration cookieLifetime();

    /**
     * How long after the binding requests are accepted that have no bound cookie, as the browser may have sent them before it
     * had one.
     */
    @WithDefault("10S")
    Duration grace();

    /**
     * The path below which browsers register their keys and ask for new bound cookies, below `quarkus.http.root-path`. Requests
     * there get no session, and no check against cross-site request forgery, as a proof is all that they need.
     */
    @WithDefault("/device-session")
    String path();

    /**
     * The paths that need a bound session: exact (`/transfers`) or by prefix (`/transfers/*`, also `/transfers` itself),
     * including `quarkus.http.root-path`. A request with another session is answered with 403. A request without a session is
     * not, as its user has to log in first: protect the paths by Quarkus Security, too. An ambiguous path (`/transfers;a`)
     * needs a bound session in any case.
     */
    @ConfigDocDefault("none")
    Optional<List<String>> requiredFor();
}
