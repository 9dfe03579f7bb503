package io.quarkiverse.imsession.runtime.oidc;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import io.quarkiverse.imsession.runtime.login.TokenKeys;
import io.quarkus.oidc.OidcTenantConfig;

/**
 * The keys of the tokens of each tenant. Those of the settings come first, and behind them what all instances have of the
 * tenant anyway, by which Quarkus encrypts its own cookie.
 */
final class TenantKeys {

    /** Makes another key of a secret than other uses of it. */
    private static final String PURPOSE = "imsession.oidc ";

    private final List<String> configured;
    private final ConcurrentMap<List<String>, TokenKeys> known = new ConcurrentHashMap<>();

    /** @param configured the keys of the settings */
    TenantKeys(List<String> configured) {
        this.configured = List.copyOf(configured);
    }

    TokenKeys of(OidcTenantConfig tenant) {
        return known.computeIfAbsent(secrets(tenant), secrets -> {
            List<String> all = new ArrayList<>(configured);
            secrets.forEach(secret -> all.add(PURPOSE + secret));
            return new TokenKeys(all);
        });
    }

    /** The secrets of a tenant that all instances have; empty if there is none. */
    static List<String> secrets(OidcTenantConfig tenant) {
        List<String> secrets = new ArrayList<>();
        tenant.tokenStateManager().encryptionSecret().ifPresent(secrets::add);
        tenant.credentials().secret().or(() -> tenant.credentials().clientSecret().value()).ifPresent(secrets::add);
        return List.copyOf(secrets);
    }
}
