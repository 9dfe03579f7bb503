package io.quarkiverse.imsession.deployment;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.SecurityIdentityAugmentor;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;

/** Gives every user a role, and refuses one. */
@ApplicationScoped
public class Augmentor implements SecurityIdentityAugmentor {

    @Override
    public Uni<SecurityIdentity> augment(SecurityIdentity identity, AuthenticationRequestContext context) {
        if (identity.isAnonymous()) {
            return Uni.createFrom().item(identity);
        }
        if (identity.getPrincipal().getName().equals("banned")) {
            return Uni.createFrom().failure(new AuthenticationFailedException("banned"));
        }
        return Uni.createFrom().item(QuarkusSecurityIdentity.builder(identity).addRole("augmented").build());
    }
}
