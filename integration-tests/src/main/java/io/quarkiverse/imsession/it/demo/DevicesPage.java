package io.quarkiverse.imsession.it.demo;

import java.net.URI;
import java.util.List;
import java.util.function.Consumer;

import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.jboss.resteasy.reactive.Cache;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.SessionId;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;

/** The devices of a user for browsers: all sessions with the same name. */
@Path("/devices")
@Blocking
public class DevicesPage {

    private final ImSession session;
    private final Visitor visitor;
    private final Devices devices;

    DevicesPage(ImSession session, Visitor visitor, Devices devices) {
        this.session = session;
        this.visitor = visitor;
        this.devices = devices;
    }

    @GET
    @Cache(noStore = true)
    @Produces(MediaType.TEXT_HTML)
    public TemplateInstance page() {
        DevicesView view = visitor.userId().map(user -> DevicesView.of(devices.list(user), session.id().orElseThrow()))
                .orElse(new DevicesView(List.of(), false));
        return Templates.page(new DevicesModel(visitor.userId().orElse(""), visitor.theme(), view));
    }

    @POST
    @Path("name")
    public Response name(@FormParam("name") String name) {
        return change(user -> devices.name(Input.deviceName(name)));
    }

    @POST
    @Path("{id}/end")
    public Response end(@PathParam("id") String id) {
        return change(user -> {
            SessionId ended = Input.sessionId(id);
            if (!devices.end(user, ended)) {
                throw Refusal.noSuchDevice();
            }
        });
    }

    @POST
    @Path("end-others")
    public Response endOthers() {
        return change(devices::endOthers);
    }

    @POST
    @Path("end-all")
    public Response endAll() {
        return change(devices::endAll);
    }

    /** Whose session has ended meanwhile is sent back, and sees so. */
    private Response change(Consumer<String> change) {
        visitor.userId().ifPresent(change);
        return Response.seeOther(URI.create("/devices")).build();
    }

    @CheckedTemplate
    static final class Templates {

        private Templates() {
        }

        static native TemplateInstance page(DevicesModel model);
    }
}
