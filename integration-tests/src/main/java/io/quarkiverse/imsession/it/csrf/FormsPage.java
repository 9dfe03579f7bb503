package io.quarkiverse.imsession.it.csrf;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import io.quarkiverse.imsession.ImSession;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** A page with forms and a script. */
@Path("/forms")
public class FormsPage {

    private final ImSession session;

    FormsPage(ImSession session) {
        this.session = session;
    }

    @GET
    @Path("/page")
    @Produces(MediaType.TEXT_HTML)
    public TemplateInstance page() {
        return Templates.page(token());
    }

    @GET
    @Path("/token")
    public String token() {
        session.update(data -> data.with("visited", true));
        return session.csrf().token();
    }

    @CheckedTemplate
    static class Templates {

        static native TemplateInstance page(String token);

        private Templates() {
        }
    }
}
