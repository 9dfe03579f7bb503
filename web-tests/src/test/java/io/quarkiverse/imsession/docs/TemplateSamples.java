package io.quarkiverse.imsession.docs;

import java.net.URI;
import java.util.List;
import java.util.Optional;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.SessionRecord;
import io.quarkus.qute.Template;
import io.quarkus.qute.TemplateInstance;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** The code on the page "Templates". */
@Path("/shop")
public class TemplateSamples {

    @Inject
    ImSession session;

    @Inject
    Template shop;

    @Inject
    Template page;

    @POST
    public void logIn() {
        session.merge(new Shop(new User("Ada"), 7, List.of(new Line("Tea", 2)), Optional.empty()));
    }

    @GET
    public TemplateInstance show() {
        return shop.instance();
    }

    // tag::flash[]
    @POST
    @Path("cart")
    public Response add(@FormParam("product") String product) {
        session.update(data -> data.with("cart", List.of(new Line(product, 1))));
        session.flash().put("notice", product + " is in the cart");
        return Response.seeOther(URI.create("/shop")).build();
    }
    // end::flash[]

    void route(@Observes Router router) {
        router.get("/page").handler(context -> context.end(render(context)));
    }

    // tag::render[]
    String render(RoutingContext context) {
        return page.instance().setAttribute(ImSession.class.getName(), ImSession.of(context)).render();
    }
    // end::render[]

    // tag::records[]
    record User(String name) {
    }

    record Line(String product, int quantity) {
    }

    @SessionRecord
    record Shop(User user, int views, List<Line> cart, Optional<String> nick) {
    }
    // end::records[]
}
