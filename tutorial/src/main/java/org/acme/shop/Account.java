package org.acme.shop;

import java.net.URI;

import jakarta.inject.Inject;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

import io.quarkiverse.imsession.ImSession;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.credential.PasswordCredential;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.UsernamePasswordAuthenticationRequest;
import io.smallrye.mutiny.Uni;

@Path("/")
@Produces(MediaType.TEXT_HTML)
public class Account {

    @CheckedTemplate
    static class Templates {

        static native TemplateInstance login(boolean refused);
    }

    @Inject
    ImSession session;

    @Inject
    IdentityProviderManager identities;

    @Inject
    WantedPage wanted;

    @GET
    @Path("login")
    public TemplateInstance form() {
        return Templates.login(false);
    }

    @POST
    @Path("login")
    public Uni<Response> logIn(@FormParam("user") String user, @FormParam("password") String password) {
        if (user == null || password == null) {
            throw new BadRequestException("User and password are needed");
        }
        PasswordCredential credential = new PasswordCredential(password.toCharArray());
        return identities.authenticate(new UsernamePasswordAuthenticationRequest(user, credential)).map(this::welcome);
    }

    private Response welcome(SecurityIdentity identity) {
        URI page = wanted.orShop(); // <1>
        session.login(identity); // <2>
        wanted.forget();
        return Response.seeOther(page).build();
    }

    @ServerExceptionMapper
    public Response refuse(AuthenticationFailedException wrongPassword) {
        return Response.status(Response.Status.UNAUTHORIZED).entity(Templates.login(true)).build();
    }

    @POST
    @Path("logout")
    public Response logOut() {
        session.destroy();
        return Response.seeOther(URI.create("/")).build();
    }
}
