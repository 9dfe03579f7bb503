package io.quarkiverse.imsession.docs;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.jboss.resteasy.reactive.RestForm;

import io.quarkiverse.imsession.ImSession;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** The code of the page "Cross-site request forgery". */
@Path("/transfers")
public class Transfers {

    // tag::templates[]
    @CheckedTemplate
    static class Templates {

        static native TemplateInstance page();
    }
    // end::templates[]

    @Inject
    ImSession session;

    @GET
    @Produces(MediaType.TEXT_HTML)
    public TemplateInstance page() {
        return Templates.page();
    }

    // tag::verify[]
    @POST
    public Response transfer(@RestForm("csrf-token") String token) {
        if (!session.csrf().verify(token)) {
            return Response.status(403).build();
        }
        return Response.ok("Done").build();
    }
    // end::verify[]
}
