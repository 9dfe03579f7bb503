package io.quarkiverse.imsession.runtime.oidc;

import java.util.List;
import java.util.Optional;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import io.quarkiverse.imsession.runtime.config.CookieConfig.SameSite;
import io.quarkiverse.imsession.runtime.config.ImSessionConfig;
import io.quarkiverse.imsession.runtime.session.GuardedStore;
import io.quarkus.oidc.OidcTenantConfig;
import io.quarkus.oidc.runtime.OidcTenantConfig.ApplicationType;
import io.quarkus.oidc.runtime.OidcTenantConfig.Authentication.ResponseMode;
import io.quarkus.oidc.runtime.OidcUtils;
import io.quarkus.oidc.runtime.TenantConfigContext;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;

/** Refuses settings with which nobody could log in, or nobody could be logged out, when the application starts. */
@Singleton
public class OidcChecks {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.imsession");

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
        Optional<String> redirect = settings.authentication().redirectPath();
        if (settings.authentication().responseMode().orElse(ResponseMode.QUERY) == ResponseMode.FORM_POST
                && config.csrf().enabled()
                && !config.csrf().exemptPaths().orElse(List.of()).contains(redirect.orElse(""))) {
            throw new ConfigurationException(
                    prefix + "authentication.response-mode is form_post, but a request from another site"
                            + " is refused, so that nobody could log in: add " + prefix + "authentication.redirect-path to"
                            + " quarkus.imsession.csrf.exempt-paths");
        }
        boolean needsKey = settings.authentication().pkceRequired().orElse(false) || settings.authentication().nonceRequired();
        if (needsKey && settings.authentication().stateSecret().isEmpty() && settings.credentials().secret().isEmpty()
                && settings.credentials().clientSecret().value().isEmpty()
                && settings.credentials().clientSecret().provider().key().isEmpty()) {
            LOG.warnf(
                    "Each instance of the application makes a key of its own for log-ins that go on, so that the answer of the"
                            + " provider must reach the same instance: set %sauthentication.state-secret",
                    prefix);
        }
        if (settings.tokenStateManager().splitTokens()) {
            LOG.warnf("%stoken-state-manager.split-tokens has no effect: no tokens are in cookies", prefix);
        }
    }

    private static String prefix(OidcTenantConfig settings) {
        String id = settings.tenantId().orElse(OidcUtils.DEFAULT_TENANT_ID);
        return "quarkus.oidc." + (id.equals(OidcUtils.DEFAULT_TENANT_ID) ? "" : id + '.');
    }
}
