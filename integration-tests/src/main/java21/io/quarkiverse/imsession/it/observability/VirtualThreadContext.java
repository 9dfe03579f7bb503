package io.quarkiverse.imsession.it.observability;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import io.smallrye.common.annotation.RunOnVirtualThread;

@Path("/observability/virtual-thread")
public class VirtualThreadContext {

    @GET
    @RunOnVirtualThread
    public String virtualThread() {
        return DiagnosticContext.session();
    }
}
