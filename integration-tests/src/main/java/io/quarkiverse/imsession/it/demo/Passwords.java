package io.quarkiverse.imsession.it.demo;

import jakarta.inject.Singleton;

import io.quarkiverse.imsession.ImSession;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.credential.PasswordCredential;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.request.UsernamePasswordAuthenticationRequest;
import io.smallrye.mutiny.Uni;

/** Logs in who has a password. */
@Singleton
final class Passwords {

    private final ImSession session;
    private final IdentityProviderManager identities;

    Passwords(ImSession session, IdentityProviderManager identities) {
        this.session = session;
        this.identities = identities;
    }

    /** Answers 401 if name and password do not belong together. */
    Uni<Void> logIn(String user, String password) {
        PasswordCredential credential = new PasswordCredential((password == null ? "" : password).toCharArray());
        return identities.authenticate(new UsernamePasswordAuthenticationRequest(Input.name(user), credential))
                .onFailure(AuthenticationFailedException.class).transform(failure -> Refusal.wrongPassword())
                .invoke(session::login).replaceWithVoid();
    }
}
