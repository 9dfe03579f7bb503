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

import org.jboss.resteasy.reactive.Cache;

import io.quarkiverse.imsession.ImSession;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

@Path("/cart")
@Produces(MediaType.TEXT_HTML)
public class CartPage {

    @CheckedTemplate
    static class Templates {

        static native TemplateInstance page(Cart cart, int total);
    }

    @Inject
    ImSession session;

    @GET
    @Cache(noStore = true) // <1>
    public TemplateInstance page() {
        Cart cart = session.as(Cart.class);
        return Templates.page(cart, cart.total());
    }

    @POST
    @Path("add")
    public Response add(@FormParam("product") Product product) {
        session.update(Cart.class, cart -> cart.with(known(product))); // <2>
        session.flash().put("notice", product.title() + " is in the cart"); // <3>
        return Response.seeOther(URI.create("/cart")).build();
    }

    @POST
    @Path("remove")
    public Response remove(@FormParam("product") Product product) {
        session.update(Cart.class, cart -> cart.without(known(product)));
        return Response.seeOther(URI.create("/cart")).build();
    }

    private static Product known(Product product) {
        if (product == null) {
            throw new BadRequestException("A product is needed");
        }
        return product;
    }
}
