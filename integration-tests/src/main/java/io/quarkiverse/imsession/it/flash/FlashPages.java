package io.quarkiverse.imsession.it.flash;

import java.net.URI;
import java.util.Set;

import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.SessionTooLargeException;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.Router;

/** A form that redirects, the page that it redirects to, and what else asks for the session meanwhile. */
@Path("/flash")
@Produces(MediaType.TEXT_PLAIN)
public class FlashPages {

    static final String NOTICE = "notice";
    private static final String NONE = "none";

    private final ImSession session;

    FlashPages(ImSession session) {
        this.session = session;
    }

    @POST
    public Response save(@FormParam("name") String name, @FormParam("value") String value,
            @FormParam("times") @DefaultValue("1") int times) {
        try {
            session.flash().put(name, value.repeat(times));
        } catch (IllegalArgumentException | SessionTooLargeException e) {
            return Response.status(Response.Status.BAD_REQUEST).entity(e.getMessage()).build();
        }
        return Response.seeOther(URI.create("/flash")).build();
    }

    @GET
    public String page(@QueryParam("name") String name) {
        return show(session, name == null ? NOTICE : name);
    }

    @GET
    @Path("image")
    public String image() {
        return String.join(",", session.flash().names());
    }

    @POST
    @Path("form")
    public String formWithAnError() {
        session.flash().put("error", "Too short");
        return show(session, "error");
    }

    @GET
    @Path("failure")
    public Response failure() {
        return Response.serverError().entity(show(session, NOTICE)).build();
    }

    /** @param commit whether to store what was read after the response has begun */
    @GET
    @Path("stream")
    public Multi<String> stream(@QueryParam("commit") boolean commit) {
        return Multi.createFrom().items("begun ", "later").onItem()
                .transformToUniAndConcatenate(item -> item.equals("later") ? late(commit) : Uni.createFrom().item(item));
    }

    private Uni<String> late(boolean commit) {
        String shown = show(session, NOTICE);
        return commit ? session.commit().replaceWith(shown) : Uni.createFrom().item(shown);
    }

    @POST
    @Path("login")
    public void logIn(@FormParam("user") String user) {
        session.login(user, Set.of());
    }

    @POST
    @Path("end")
    public String end() {
        session.destroy();
        return show(session, NOTICE);
    }

    static void route(@Observes Router router) {
        router.get("/flash/vertx").handler(context -> context.end(show(ImSession.of(context), NOTICE)));
    }

    /** Reads the value more than once, as a template does that asks whether it is there. */
    static String show(ImSession session, String name) {
        String shown = session.flash().get(name, String.class).orElse(NONE);
        if (!session.flash().get(name, String.class).orElse(NONE).equals(shown)) {
            throw new IllegalStateException("The value changed while it was shown");
        }
        return shown;
    }
}
