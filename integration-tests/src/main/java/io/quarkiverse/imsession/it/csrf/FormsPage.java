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
        visit();
        return Templates.page();
    }

    @GET
    @Path("/token")
    public String token() {
        visit();
        return session.csrf().token();
    }

    private void visit() {
        session.update(data -> data.with("visited", true));
    }

    @CheckedTemplate
    static class Templates {

        static native TemplateInstance page();

        private Templates() {
        }
    }
}
