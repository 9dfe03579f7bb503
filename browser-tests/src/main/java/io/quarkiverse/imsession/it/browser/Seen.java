package io.quarkiverse.imsession.it.browser;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;

import io.quarkiverse.imsession.SessionEvent.Rejected;

/** Tells a test what a browser has sent, and what the application thinks of it. */
@Path("/seen")
@Produces(MediaType.TEXT_PLAIN)
@Singleton
public class Seen {

    private final Map<Rejected.Reason, Integer> rejections = new ConcurrentHashMap<>();

    /** What the browser says of the site that made it send the request. */
    @GET
    @Path("site")
    public String site(@Context HttpHeaders headers) {
        return Optional.ofNullable(headers.getHeaderString("Sec-Fetch-Site")).orElse("not said");
    }

    /** How many tokens were rejected, and why. */
    @GET
    @Path("rejections")
    public String rejections() {
        return new TreeMap<>(rejections).toString();
    }

    void rejected(@ObservesAsync Rejected event) {
        rejections.merge(event.reason(), 1, Integer::sum);
    }
}
