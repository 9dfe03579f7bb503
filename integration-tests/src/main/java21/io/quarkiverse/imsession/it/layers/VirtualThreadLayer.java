package io.quarkiverse.imsession.it.layers;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import io.smallrye.common.annotation.RunOnVirtualThread;

/** Quarkus REST on virtual threads. Compiled on Java 21 and later, as Quarkus refuses it before. */
@Path("/layers/virtual-thread")
public class VirtualThreadLayer {

    private final Counter counter;

    VirtualThreadLayer(Counter counter) {
        this.counter = counter;
    }

    @GET
    @RunOnVirtualThread
    public String virtualThread() {
        return counter.next();
    }
}
