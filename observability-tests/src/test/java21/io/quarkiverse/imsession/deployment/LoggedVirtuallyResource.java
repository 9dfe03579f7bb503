package io.quarkiverse.imsession.deployment;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;

import org.jboss.logging.Logger;

import io.smallrye.common.annotation.RunOnVirtualThread;

/** Logs the line that a client asks for. */
@Path("/logged/virtual-thread")
public class LoggedVirtuallyResource {

    private static final Logger LOG = Logger.getLogger(LoggedVirtuallyResource.class);

    @GET
    @RunOnVirtualThread
    public boolean log(@QueryParam("line") String line) {
        LOG.infof("%s", line);
        return Thread.currentThread().isVirtual();
    }
}
