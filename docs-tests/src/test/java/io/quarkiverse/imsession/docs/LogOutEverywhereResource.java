package io.quarkiverse.imsession.docs;

import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

import io.quarkiverse.imsession.ImSession;
import io.smallrye.mutiny.Uni;

/** Calls the code of the page "Log out everywhere", for one user. */
@Path("/everywhere")
public class LogOutEverywhereResource {

    private static final long USER = 77;

    @Inject
    LogOutEverywhere page;

    @Inject
    ImSession session;

    @POST
    @Path("{device}")
    public void logIn(String device) {
        page.logIn(USER, device);
        session.update(data -> data.with("tenant", "acme"));
    }

    @GET
    public String devices() {
        return page.devices(USER).stream().map(LogOutEverywhere.Device::name).sorted().toList().toString();
    }

    @GET
    @Path("phones")
    public Uni<Long> phones() {
        return page.onPhones("acme");
    }

    @DELETE
    @Path("others")
    public long others() {
        return page.endOtherDevices(USER);
    }

    @DELETE
    @Path("all")
    public long all() {
        return page.endAllDevices(USER);
    }

    @DELETE
    @Path("{id}")
    public void end(String id) {
        page.endDevice(USER, id);
    }
}
