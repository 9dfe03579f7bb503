package io.quarkiverse.imsession.runtime.oidc;

import java.time.Duration;

import jakarta.inject.Singleton;

import io.quarkiverse.imsession.runtime.login.FreshLogin;
import io.quarkus.oidc.OidcRedirectFilter;
import io.quarkus.oidc.Redirect;

/** Asks the provider to let the user log in although it knows the user. Knows the tenant before its answer comes. */
@Singleton
@Redirect(Redirect.Location.OIDC_AUTHORIZATION)
public class FreshLoginFilter implements OidcRedirectFilter {

    private final OidcTenants tenants;

    FreshLoginFilter(OidcTenants tenants) {
        this.tenants = tenants;
    }

    @Override
    public void filter(OidcRedirectContext redirect) {
        tenants.met(redirect.oidcTenantConfig());
        Duration within = FreshLogin.within(redirect.routingContext());
        if (within == null) {
            return;
        }
        if (!redirect.redirectUri().contains("&prompt=")) {
            redirect.additionalQueryParams().set("prompt", "login");
        }
        if (!redirect.redirectUri().contains("&max_age=")) {
            redirect.additionalQueryParams().set("max_age", Long.toString(within.toSeconds()));
        }
    }
}
