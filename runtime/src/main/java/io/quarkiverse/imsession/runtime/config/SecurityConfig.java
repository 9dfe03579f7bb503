package io.quarkiverse.imsession.runtime.config;

import io.smallrye.config.WithDefault;

/** Log-ins with Quarkus Security. */
public interface SecurityConfig {

    /**
     * What becomes of cookies in which OIDC, the form and passkeys of Quarkus have kept log-ins before users logged in to
     * sessions. Other values than {@code refuse} are for the days of a migration, and weaken what ending a session promises: a
     * copy of such a cookie opens what Quarkus lets it open.
     */
    @WithDefault("refuse")
    QuarkusCookies quarkusCookies();

    /** What becomes of cookies in which mechanisms of Quarkus have kept log-ins. */
    enum QuarkusCookies {
        /** They open nothing, and browsers are told to remove them. */
        REFUSE,
        /** Each is accepted once: it becomes a session, and the browser is told to remove it. */
        TAKE_OVER,
        /**
         * Users without a log-in in the session are logged in by such cookies, and log in to such cookies, so that instances of
         * the application without sessions know them.
         */
        SHARE
    }
}
