package io.quarkiverse.imsession.docs;

import java.time.Duration;
import java.util.Set;

import jakarta.inject.Inject;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

import io.quarkiverse.imsession.ImSession;
import io.quarkus.security.credential.PasswordCredential;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.request.UsernamePasswordAuthenticationRequest;
import io.smallrye.mutiny.Uni;

/** The code of the page "Stay logged in" that needs Quarkus Security. */
@Path("/remembered")
public class RememberedAccount {

    private static final Duration REMEMBERED = Duration.ofDays(30);

    @Inject
    ImSession session;

    @Inject
    IdentityProviderManager identities;

    @POST
    @Path("login")
    public Uni<String> logIn(@FormParam("user") String user, @FormParam("password") String password,
            @FormParam("remember") String remember) {
        if (user == null || password == null) {
            throw new BadRequestException("User and password are needed");
        }
        PasswordCredential credential = new PasswordCredential(password.toCharArray());
        return identities.authenticate(new UsernamePasswordAuthenticationRequest(user, credential))
                .map(authenticated -> {
                    // tag::login[]
                    session.login(authenticated);
                    if (remember != null) {
                        session.touch(REMEMBERED);
                    }
                    // end::login[]
                    return "Welcome, " + authenticated.getPrincipal().getName();
                });
    }

    /** The other order: the longer life is that of the session that the log-in ends. */
    @POST
    @Path("forgotten")
    public void touchFirst() {
        session.touch(REMEMBERED);
        session.login("eve", Set.of());
    }
}
