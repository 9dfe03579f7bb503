package org.acme.passkeys;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.inject.Singleton;

import io.quarkus.security.webauthn.WebAuthnCredentialRecord;
import io.quarkus.security.webauthn.WebAuthnUserProvider;
import io.smallrye.mutiny.Uni;

// tag::class[]
/** The passkeys of users, one for each. A real application keeps them in its database. */
@Singleton
public class Users implements WebAuthnUserProvider {

    private final Map<String, WebAuthnCredentialRecord> passkeys = new ConcurrentHashMap<>();

    @Override
    public Uni<List<WebAuthnCredentialRecord>> findByUsername(String user) {
        WebAuthnCredentialRecord passkey = passkeys.get(user);
        return Uni.createFrom().item(passkey == null ? List.of() : List.of(passkey));
    }

    @Override
    public Uni<WebAuthnCredentialRecord> findByCredentialId(String id) {
        return passkeys.values().stream().filter(passkey -> passkey.getCredentialID().equals(id)).findFirst()
                .map(passkey -> Uni.createFrom().item(passkey))
                .orElseGet(() -> Uni.createFrom().failure(new IllegalArgumentException("Nobody has this passkey")));
    }

    /** Whoever could add a passkey to the account of another user would be that user. */
    @Override
    public Uni<Void> store(WebAuthnCredentialRecord passkey) {
        return passkeys.putIfAbsent(passkey.getUsername(), passkey) == null ? Uni.createFrom().voidItem()
                : Uni.createFrom().failure(new IllegalArgumentException("There is a user of this name"));
    }

    @Override
    public Uni<Void> update(String id, long counter) {
        return findByCredentialId(id).invoke(passkey -> passkey.setCounter(counter)).replaceWithVoid();
    }

    @Override
    public Set<String> getRoles(String user) {
        return user.equals("ada") ? Set.of("admin") : Set.of();
    }
}
// end::class[]
