package org.acme.shop;

import java.net.URI;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.jboss.resteasy.reactive.Cache;

import io.quarkiverse.imsession.ImSession;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.Authenticated;

@Path("/checkout")
@Authenticated
@Produces(MediaType.TEXT_HTML)
public class Checkout {

    @CheckedTemplate
    static class Templates {

        static native TemplateInstance page(Cart cart, int total);
    }

    @Inject
    ImSession session;

    @GET
    @Cache(noStore = true)
    public TemplateInstance page() {
        Cart cart = session.as(Cart.class);
        return Templates.page(cart, cart.total());
    }

    @POST
    public Response order() {
        int total = session.as(Cart.class).total();
        if (total > 0) {
            // This is the place to store the order.
            session.update(Cart.class, ordered -> Cart.empty());
            session.flash().put("notice", "Thank you for your order of " + total + " €");
        }
        return Response.seeOther(URI.create("/cart")).build();
    }
}
