package org.acme.shop;

import java.net.URI;
import java.time.Instant;
import java.util.List;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.jboss.resteasy.reactive.Cache;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.ImSessions;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.SessionInfo;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.Authenticated;
import io.quarkus.security.UnauthorizedException;
import io.smallrye.common.annotation.Blocking;

@Path("/devices")
@Authenticated
@Blocking // <1>
@Produces(MediaType.TEXT_HTML)
public class Devices {

    @CheckedTemplate
    static class Templates {

        static native TemplateInstance page(List<Device> devices);
    }

    public record Device(String id, String browser, Instant since, boolean current) {
    }

    @Inject
    ImSession session;

    @Inject
    ImSessions sessions;

    @GET
    @Cache(noStore = true)
    public TemplateInstance page() {
        return Templates.page(sessions.list(ImSession.PRINCIPAL, user(), 100).sessions().stream().map(this::device).toList());
    }

    private Device device(SessionInfo found) {
        return new Device(found.id().value(), found.client().userAgent().orElse("Unknown"), found.created(),
                session.id().filter(found.id()::equals).isPresent());
    }

    private String user() {
        return session.principal().orElseThrow(UnauthorizedException::new);
    }

    @POST
    @Path("{id}/end")
    public Response end(@PathParam("id") String text) {
        SessionId id = id(text);
        boolean own = sessions.get(id).flatMap(found -> found.data().get(ImSession.PRINCIPAL, String.class))
                .filter(user()::equals).isPresent();
        if (!own || !sessions.destroy(id)) { // <2>
            throw new NotFoundException();
        }
        return Response.seeOther(URI.create("/devices")).build();
    }

    @POST
    @Path("end-others")
    public Response endOthers() {
        sessions.destroyOthers(ImSession.PRINCIPAL, user(), session.id().orElseThrow());
        return Response.seeOther(URI.create("/devices")).build();
    }

    private static SessionId id(String text) {
        try {
            return new SessionId(text);
        } catch (IllegalArgumentException noId) {
            throw new NotFoundException();
        }
    }
}
