package io.quarkiverse.imsession.it.browser;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.jboss.resteasy.reactive.RestForm;

import com.fasterxml.jackson.core.type.TypeReference;

import io.quarkiverse.imsession.ImSession;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** One page with forms: a visitor notes things, with a log-in or without. */
@Path("/")
public class Notes {

    private static final TypeReference<List<String>> TEXTS = new TypeReference<>() {
    };

    private final ImSession session;

    @Inject
    Notes(ImSession session) {
        this.session = session;
    }

    @GET
    @Produces(MediaType.TEXT_HTML)
    public TemplateInstance page() {
        return Templates.page(session.data().get("user", String.class).orElse("nobody"), String.join(", ", notes()));
    }

    /** The same on a path of its own, to which other cookies may be sent. */
    @GET
    @Path("account/settings")
    @Produces(MediaType.TEXT_HTML)
    public TemplateInstance settings() {
        return page();
    }

    @POST
    @Path("login")
    public Response login(@RestForm String user) {
        session.update(data -> data.with("user", user));
        session.renew();
        return home();
    }

    @POST
    @Path("notes")
    public Response note(@RestForm String text) {
        List<String> notes = new ArrayList<>(notes());
        notes.add(text);
        session.update(data -> data.with("notes", notes));
        return home();
    }

    @POST
    @Path("logout")
    public Response logout() {
        session.destroy();
        return home();
    }

    private List<String> notes() {
        return session.data().get("notes", TEXTS).orElse(List.of());
    }

    private static Response home() {
        return Response.seeOther(URI.create("/")).build();
    }

    /** The templates. */
    @CheckedTemplate
    static final class Templates {

        private Templates() {
        }

        static native TemplateInstance page(String user, String notes);
    }
}
