package io.quarkiverse.imsession.benchmarks;

import java.util.List;

import jakarta.inject.Singleton;

import io.quarkus.security.webauthn.WebAuthnCredentialRecord;
import io.quarkus.security.webauthn.WebAuthnUserProvider;
import io.smallrye.mutiny.Uni;

/** Passkeys of nobody. */
@Singleton
class NoUsers implements WebAuthnUserProvider {

    @Override
    public Uni<List<WebAuthnCredentialRecord>> findByUsername(String user) {
        return Uni.createFrom().item(List.of());
    }

    @Override
    public Uni<WebAuthnCredentialRecord> findByCredentialId(String id) {
        return Uni.createFrom().failure(new IllegalArgumentException("There are no passkeys"));
    }
}
