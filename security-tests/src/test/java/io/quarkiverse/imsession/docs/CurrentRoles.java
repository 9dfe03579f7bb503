package io.quarkiverse.imsession.docs;

import java.util.Map;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.SecurityIdentityAugmentor;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;

// tag::class[]
@ApplicationScoped
public class CurrentRoles implements SecurityIdentityAugmentor {

    private final Map<String, Set<String>> users = Map.of("ada", Set.of("admin"), "eve", Set.of());

    @Override
    public Uni<SecurityIdentity> augment(SecurityIdentity identity, AuthenticationRequestContext context) {
        return identity.isAnonymous() ? Uni.createFrom().item(identity) : context.runBlocking(() -> withRoles(identity));
    }

    private SecurityIdentity withRoles(SecurityIdentity identity) {
        Set<String> roles = users.get(identity.getPrincipal().getName());
        if (roles == null) {
            throw new AuthenticationFailedException("This account is closed");
        }
        return QuarkusSecurityIdentity.builder(identity).addRoles(roles).build();
    }
}
// end::class[]
