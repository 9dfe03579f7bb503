package io.quarkiverse.imsession.it.load;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import io.quarkiverse.imsession.ImSession;
import io.smallrye.mutiny.Multi;

/** Responses that change the session and then go on until the client is gone. */
@Path("/load")
@Singleton
public class EndlessStreams {

    private static final Duration PAUSE = Duration.ofMillis(5);
    private static final String CHUNK = "x".repeat(1000);

    private final AtomicInteger open = new AtomicInteger();
    private final ImSession session;

    EndlessStreams(ImSession session) {
        this.session = session;
    }

    @GET
    @Path("/chunks")
    @Produces(MediaType.TEXT_PLAIN)
    public Multi<String> chunks() {
        return stream();
    }

    @GET
    @Path("/events")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public Multi<String> events() {
        return stream();
    }

    /** How many have not noticed yet that their client is gone. */
    @GET
    @Path("/open")
    public int open() {
        return open.get();
    }

    private Multi<String> stream() {
        session.update(data -> data.with("streams", data.get("streams", Integer.class).orElse(0) + 1));
        return Multi.createFrom().ticks().every(PAUSE).onOverflow().drop().map(tick -> CHUNK)
                .onSubscription().invoke(open::incrementAndGet).onTermination().invoke(open::decrementAndGet);
    }
}
