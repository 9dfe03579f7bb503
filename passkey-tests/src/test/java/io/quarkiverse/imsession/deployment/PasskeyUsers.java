package io.quarkiverse.imsession.deployment;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import jakarta.inject.Singleton;

import io.quarkus.security.webauthn.WebAuthnCredentialRecord;
import io.quarkus.security.webauthn.WebAuthnUserProvider;
import io.smallrye.mutiny.Uni;

/** The users, their keys and their roles. */
@Singleton
public class PasskeyUsers implements WebAuthnUserProvider {

    private final List<WebAuthnCredentialRecord> keys = new CopyOnWriteArrayList<>();
    private final Map<String, Set<String>> roles = new ConcurrentHashMap<>(Map.of("ada", Set.of("admin")));

    void give(String user, Set<String> now) {
        roles.put(user, now);
    }

    @Override
    public Uni<List<WebAuthnCredentialRecord>> findByUsername(String user) {
        return Uni.createFrom().item(keys.stream().filter(key -> key.getUsername().equals(user)).toList());
    }

    @Override
    public Uni<WebAuthnCredentialRecord> findByCredentialId(String id) {
        return keys.stream().filter(key -> key.getCredentialID().equals(id)).findFirst()
                .map(key -> Uni.createFrom().item(key))
                .orElseGet(() -> Uni.createFrom().failure(new IllegalArgumentException("There is no such key")));
    }

    @Override
    public Uni<Void> store(WebAuthnCredentialRecord key) {
        keys.add(key);
        return Uni.createFrom().voidItem();
    }

    @Override
    public Set<String> getRoles(String user) {
        return roles.getOrDefault(user, Set.of());
    }
}
