package io.quarkiverse.imsession.it.web;

import java.util.List;

import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

import io.quarkiverse.imsession.ImSession;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** Its page shows the session, and has a form. */
@Path("/")
public class Shop {

    private final ImSession session;

    Shop(ImSession session) {
        this.session = session;
    }

    @GET
    @Produces(MediaType.TEXT_HTML)
    public TemplateInstance page() {
        return Templates.page();
    }

    @GET
    @Path("enter")
    public void enter(@QueryParam("name") String name) {
        session.merge(new Visit(name, 1, List.of()));
    }

    @GET
    @Path("leave")
    public void leave() {
        session.destroy();
    }

    @POST
    @Path("cart")
    public void addToCart(@FormParam("product") String product) {
        session.update(Visit.class, visit -> visit.with(product));
        session.flash().put("notice", product + " is in the cart");
    }

    @CheckedTemplate(basePath = "")
    static final class Templates {

        private Templates() {
        }

        static native TemplateInstance page();
    }
}
