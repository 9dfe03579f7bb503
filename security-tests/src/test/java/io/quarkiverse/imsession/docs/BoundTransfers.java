package io.quarkiverse.imsession.docs;

import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

import io.quarkiverse.imsession.ImSession;

/** The code of the page "Bind sessions to devices". */
@Path("/bound-transfers")
public class BoundTransfers {

    @Inject
    ImSession session;

    // tag::device-bound[]
    @POST
    public Response transfer() {
        if (!session.deviceBound()) {
            return Response.status(403).entity("Use a browser that can bind your session to this device").build();
        }
        return Response.ok("Done").build();
    }
    // end::device-bound[]
}
