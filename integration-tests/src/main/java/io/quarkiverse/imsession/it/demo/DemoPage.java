package io.quarkiverse.imsession.it.demo;

import java.net.URI;

import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import io.quarkiverse.imsession.ImSession;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/**
 * The demo for browsers. Opening the page only reads; each button posts, and is sent back to the page, which may show a notice
 * once.
 */
@Path("/")
public class DemoPage {

    private final ImSession session;
    private final Visitor visitor;

    DemoPage(ImSession session, Visitor visitor) {
        this.session = session;
        this.visitor = visitor;
    }

    @GET
    @Produces(MediaType.TEXT_HTML)
    public TemplateInstance page() {
        return Templates.page(PageModel.of(session, visitor));
    }

    @POST
    @Path("views")
    public Response countView() {
        visitor.countView();
        return back();
    }

    @POST
    @Path("login")
    public Response logIn(@FormParam("user") String user, @FormParam("remember") boolean remember) {
        visitor.logIn(Input.userName(user), remember);
        return back();
    }

    @POST
    @Path("theme")
    public Response theme(@FormParam("value") String value) {
        visitor.choose(Input.theme(value));
        return back();
    }

    @POST
    @Path("cart")
    public Response addToCart(@FormParam("product") String product) {
        visitor.add(Input.product(product));
        session.flash().put("notice", product + " is in the cart.");
        return back();
    }

    @POST
    @Path("cart/empty")
    public Response emptyCart() {
        visitor.emptyCart();
        return back();
    }

    @POST
    @Path("renew")
    public Response renew() {
        visitor.renew();
        return back();
    }

    @POST
    @Path("logout")
    public Response logOut() {
        visitor.logOut();
        return back();
    }

    private static Response back() {
        return Response.seeOther(URI.create("/")).build();
    }

    @CheckedTemplate
    static final class Templates {

        private Templates() {
        }

        static native TemplateInstance page(PageModel model);
    }
}
