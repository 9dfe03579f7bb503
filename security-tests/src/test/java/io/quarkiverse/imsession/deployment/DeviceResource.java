package io.quarkiverse.imsession.deployment;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import io.quarkiverse.imsession.ImSession;

/** Tells how the session of a request is bound. */
@Path("/device")
public class DeviceResource {

    private final ImSession session;

    DeviceResource(ImSession session) {
        this.session = session;
    }

    /** {@code -} without a session. */
    @GET
    @Path("bound")
    public String bound() {
        return session.exists() ? Boolean.toString(session.deviceBound()) : "-";
    }

    @GET
    @Path("renew")
    public void renew() {
        session.renew();
    }

    @GET
    @Path("views")
    public int views() {
        session.update(data -> data.with("views", data.get("views", Integer.class).orElse(0) + 1));
        return session.commitAndAwait().get("views", Integer.class).orElseThrow();
    }
}
