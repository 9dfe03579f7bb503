package io.quarkiverse.imsession.docs;

import java.util.Set;

import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;

import io.quarkiverse.imsession.FreshlyAuthenticated;
import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.SessionData;
import io.quarkus.security.identity.SecurityIdentity;

@Path("/")
public class ShopResource {

    @Inject
    ImSession session;

    @Inject
    Cart cart;

    @Inject
    SecurityIdentity identity;

    @GET
    @Path("cart")
    public String cart() {
        return String.join(",", cart.books());
    }

    @POST
    @Path("cart")
    public void add(String book) {
        cart.add(book);
    }

    @GET
    @Path("user")
    public String user() {
        return session.data().get("user_id", String.class).orElse("nobody");
    }

    @GET
    @Path("start")
    public void start(@QueryParam("user") String user) {
        session.set(SessionData.of("user_id", user));
    }

    @GET
    @Path("login")
    public void login(@QueryParam("user") String user) {
        session.login(user, Set.of());
    }

    @GET
    @Path("logout")
    public void logout() {
        session.destroy();
    }

    @GET
    @Path("admin")
    @RolesAllowed("admin")
    public String admin() {
        return identity.getPrincipal().getName();
    }

    @GET
    @Path("payment")
    @FreshlyAuthenticated("5M")
    public String payment() {
        return "paid";
    }

    /** For users themselves, on the device to which the session is bound. */
    @POST
    @Path("transfer")
    public void transfer() {
        if (!session.deviceBound() || session.actor().isPresent()) {
            throw new ForbiddenException();
        }
    }
}
