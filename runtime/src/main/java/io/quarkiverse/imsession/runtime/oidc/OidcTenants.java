package io.quarkiverse.imsession.runtime.oidc;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import io.quarkus.oidc.OidcTenantConfig;
import io.quarkus.oidc.runtime.DefaultTenantConfigResolver;
import io.quarkus.oidc.runtime.OidcTenantConfig.Authentication.ResponseMode;
import io.quarkus.oidc.runtime.OidcUtils;
import io.quarkus.oidc.runtime.TenantConfigBean;
import io.quarkus.oidc.runtime.TenantConfigContext;

/**
 * The tenants of the application. Dynamic ones are known from their first log-in or request on this instance on: Quarkus does
 * not list them.
 */
@Singleton
public class OidcTenants {

    private final DefaultTenantConfigResolver resolver;
    private final Set<String> dynamic = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Paths paths;

    /**
     * @param forms those to which providers post answers
     * @param logOuts those that log a user out
     * @param changes the state of {@link #changes()}
     */
    private record Paths(Set<String> forms, Set<String> logOuts, int changes) {
    }

    OidcTenants(DefaultTenantConfigResolver resolver) {
        this.resolver = resolver;
    }

    /** A request has this tenant. */
    void met(OidcTenantConfig config) {
        String id = config.tenantId().orElse(OidcUtils.DEFAULT_TENANT_ID);
        if (!dynamic.contains(id) && tenants().getDynamicTenant(id) != null) {
            dynamic.add(id);
        }
    }

    /** Another number whenever more tenants are known. */
    int changes() {
        return dynamic.size();
    }

    /** All tenants that are known, also those whose provider could not be reached yet. */
    List<TenantConfigContext> all() {
        List<TenantConfigContext> all = new ArrayList<>();
        if (tenants().getDefaultTenant() != null) {
            all.add(tenants().getDefaultTenant());
        }
        all.addAll(tenants().getStaticTenantsConfig().values());
        for (String id : dynamic) {
            TenantConfigContext tenant = tenants().getDynamicTenant(id);
            if (tenant != null) {
                all.add(tenant);
            }
        }
        return all;
    }

    /** Whether a provider posts its answers to log-ins to this path, in a form. */
    boolean isAnsweredByForm(@Nullable String path) {
        return paths().forms.contains(path);
    }

    /** Whether a request with this path logs its user out here and at the provider, whatever its method. */
    boolean isLogOut(@Nullable String path) {
        return paths().logOuts.contains(path);
    }

    private Paths paths() {
        Paths known = paths;
        int changes = changes();
        if (known == null || known.changes != changes) {
            Set<String> forms = new HashSet<>();
            Set<String> logOuts = new HashSet<>();
            for (TenantConfigContext tenant : all()) {
                OidcTenantConfig config = tenant.oidcConfig();
                if (isAnsweredByForm(config)) {
                    answerPath(config).ifPresent(forms::add);
                }
                config.logout().path().ifPresent(logOuts::add);
            }
            known = new Paths(forms, logOuts, changes);
            paths = known;
        }
        return known;
    }

    /** The path to which a provider sends its answers; empty if that is the page that the user has asked for. */
    static Optional<String> answerPath(OidcTenantConfig config) {
        return config.authentication().redirectPath().map(path -> path.startsWith("http") ? URI.create(path).getPath() : path);
    }

    /** Whether a provider posts its answers in a form. */
    static boolean isAnsweredByForm(OidcTenantConfig config) {
        return config.authentication().responseMode().orElse(ResponseMode.QUERY) == ResponseMode.FORM_POST;
    }

    private TenantConfigBean tenants() {
        return resolver.getTenantConfigBean();
    }

    /** The path of an endpoint, with the root path of the application before it. */
    String path(String path) {
        return OidcUtils.getRootPath(resolver.getRootPath()) + path;
    }
}
