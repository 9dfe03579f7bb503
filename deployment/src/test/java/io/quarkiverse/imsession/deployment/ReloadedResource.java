package io.quarkiverse.imsession.deployment;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import io.quarkiverse.imsession.ImSession;

@Path("/views")
public class ReloadedResource {

    @Inject
    ImSession session;

    @GET
    public String views() {
        session.update(data -> data.with("views", data.get("views", Integer.class).orElse(0) + 1));
        return "views: " + session.data().get("views", Integer.class).orElseThrow();
    }
}
