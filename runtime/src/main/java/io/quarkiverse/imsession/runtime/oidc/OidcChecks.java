package io.quarkiverse.imsession.runtime.oidc;

import java.util.Optional;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import io.quarkiverse.imsession.runtime.config.CookieConfig.SameSite;
import io.quarkiverse.imsession.runtime.config.ImSessionConfig;
import io.quarkiverse.imsession.runtime.config.SecurityConfig.QuarkusCookies;
import io.quarkiverse.imsession.runtime.http.PathChecks;
import io.quarkiverse.imsession.runtime.session.GuardedStore;
import io.quarkus.oidc.OidcTenantConfig;
import io.quarkus.oidc.common.runtime.config.OidcClientCommonConfig.Credentials.Jwt;
import io.quarkus.oidc.runtime.OidcTenantConfig.ApplicationType;
import io.quarkus.oidc.runtime.OidcUtils;
import io.quarkus.oidc.runtime.TenantConfigContext;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;

/** Refuses settings with which nobody could log in, or nobody could be logged out, when the application starts. */
@Singleton
public class OidcChecks {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.imsession");
    /** In characters. */
    private static final int SHORTEST_STATE_SECRET = 32;

    private final ImSessionConfig config;
    private final GuardedStore store;

    OidcChecks(ImSessionConfig config, GuardedStore store) {
        this.config = config;
        this.store = store;
    }

    void check(@Observes StartupEvent started, OidcTenants tenants) {
        boolean logIns = false;
        for (TenantConfigContext tenant : tenants.all()) {
            OidcTenantConfig settings = tenant.oidcConfig();
            if (settings.tenantEnabled()
                    && settings.applicationType().orElse(ApplicationType.SERVICE) != ApplicationType.SERVICE) {
                logIns = true;
                check(settings);
            }
        }
        if (logIns && config.cookie().sameSite() == SameSite.STRICT) {
            throw new ConfigurationException("quarkus.imsession.cookie.same-site is strict, but browsers would not send the"
                    + " session with the answer of a provider of OIDC, so that nobody could log in: use lax");
        }
        if (logIns && !store.hasClaims()) {
            LOG.warn(
                    "The session store has no claims: each instance refreshes the tokens of a session on its own, and accepts a"
                            + " logout token once. Let SessionStore.hasClaims() return true, and implement claim, holder and release");
        }
    }

    private void check(OidcTenantConfig settings) {
        String prefix = prefix(settings);
        if (settings.logout().backchannel().path().isPresent() && !store.isIndexed()) {
            throw new ConfigurationException(prefix
                    + "logout.backchannel.path is set, but the application has a SessionStore of"
                    + " its own, which finds no sessions by their fields, so that the provider could end none: let it implement"
                    + " IndexedSessionStore, or remove the setting");
        }
        checkPath(prefix + "authentication.redirect-path", OidcTenants.answerPath(settings), "log in");
        checkPath(prefix + "logout.path", settings.logout().path(), "log out");
        if (OidcTenants.isAnsweredByForm(settings)) {
            checkForms(settings, prefix);
        }
        if (LaunchMode.current() == LaunchMode.NORMAL && config.oidc().encryptionKeys().isEmpty()
                && TenantKeys.secrets(settings).isEmpty()) {
            LOG.warnf(
                    "The tokens of OIDC are in the session store in clear, as %scredentials.secret is not set, which would"
                            + " encrypt them: set quarkus.imsession.oidc.encryption-keys",
                    prefix);
        }
        boolean makesIdTokens = !settings.authentication().idTokenRequired().orElse(true);
        if (makesIdTokens && !hasSecret(settings) && !hasKey(settings.credentials().jwt())) {
            LOG.warnf(
                    "Each instance of the application makes a key of its own for ID tokens, which the provider does not give, so"
                            + " that a user is logged in on one instance only: set %scredentials.secret",
                    prefix);
        }
        boolean needsKey = settings.authentication().pkceRequired().orElse(false) || settings.authentication().nonceRequired();
        if (needsKey && settings.authentication().stateSecret().isEmpty() && !hasLongSecret(settings)) {
            LOG.warnf(
                    "Each instance of the application makes a key of its own for log-ins that go on, as the secret of the client"
                            + " has fewer than 32 characters, so that the answer of the provider must reach the same"
                            + " instance: set %sauthentication.state-secret",
                    prefix);
        }
        if (settings.tokenStateManager().splitTokens()
                && config.security().quarkusCookies() == QuarkusCookies.REFUSE) {
            LOG.warnf("%stoken-state-manager.split-tokens has no effect: no tokens are in cookies", prefix);
        }
    }

    private void checkPath(String setting, Optional<String> path, String purpose) {
        if (path.isPresent() && !PathChecks.hasSessions(config, path.get())) {
            throw new ConfigurationException(
                    setting + " is " + path.get() + ", but that path has no sessions, so that nobody could "
                            + purpose + ": let quarkus.imsession.include-paths and quarkus.imsession.exclude-paths include "
                            + path.get());
        }
    }

    private void checkForms(OidcTenantConfig settings, String prefix) {
        if (settings.authentication().redirectPath().isEmpty()) {
            throw new ConfigurationException(prefix
                    + "authentication.response-mode is form_post, so that the provider posts its"
                    + " answer to the page that the user has asked for, where it cannot be told from other forms: set " + prefix
                    + "authentication.redirect-path");
        }
        if (config.cookie().sameSite() != SameSite.NONE) {
            LOG.warnf(
                    "%sauthentication.response-mode is form_post, but browsers do not send the session with a form of another"
                            + " site, so that each log-in begins a new one: set quarkus.imsession.cookie.same-site=none and"
                            + " %sauthentication.state-cookie-same-site=none, or remove response-mode",
                    prefix, prefix);
        }
    }

    /** Whether Quarkus encrypts what it has to know of a log-in by the secret of the client: it takes no shorter one. */
    private static boolean hasLongSecret(OidcTenantConfig settings) {
        return settings.credentials().secret().or(() -> settings.credentials().clientSecret().value())
                .map(secret -> secret.length() >= SHORTEST_STATE_SECRET)
                .orElseGet(() -> settings.credentials().clientSecret().provider().key().isPresent());
    }

    private static boolean hasSecret(OidcTenantConfig settings) {
        return settings.credentials().secret().isPresent() || settings.credentials().clientSecret().value().isPresent()
                || settings.credentials().clientSecret().provider().key().isPresent();
    }

    private static boolean hasKey(Jwt jwt) {
        return jwt.key().isPresent() || jwt.keyFile().isPresent() || jwt.keyStoreFile().isPresent();
    }

    private static String prefix(OidcTenantConfig settings) {
        String id = settings.tenantId().orElse(OidcUtils.DEFAULT_TENANT_ID);
        return "quarkus.oidc." + (id.equals(OidcUtils.DEFAULT_TENANT_ID) ? "" : id + '.');
    }
}
