package io.quarkiverse.imsession.deployment;

import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.SecurityIdentityAugmentor;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;

/** Makes identities anew, by the full names of users. */
@ApplicationScoped
public class NamingAugmentor implements SecurityIdentityAugmentor {

    private final Map<String, String> names = Map.of("ada", "Ada Lovelace", "bob", "Bob Moses");

    @Override
    public Uni<SecurityIdentity> augment(SecurityIdentity identity, AuthenticationRequestContext context) {
        String name = names.get(identity.isAnonymous() ? "" : identity.getPrincipal().getName());
        return Uni.createFrom().item(name == null ? identity
                : QuarkusSecurityIdentity.builder().setPrincipal(new QuarkusPrincipal(name)).addRoles(identity.getRoles())
                        .build());
    }
}
