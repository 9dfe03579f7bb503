package io.quarkiverse.imsession.it;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import io.quarkiverse.imsession.ImSession;

@Path("/rest")
public class RestEndpoints {

    @Inject
    ImSession session;

    @GET
    @Path("/views")
    public String views() {
        session.update(data -> data.with("views", data.get("views", Integer.class).orElse(0) + 1));
        return "views: " + session.data().get("views", Integer.class).orElseThrow();
    }

    @GET
    @Path("/read")
    public String read() {
        return "views: " + session.data().get("views", Integer.class).orElse(0);
    }
}
