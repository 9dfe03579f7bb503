package io.quarkiverse.imsession.it.layers;

import java.io.File;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.StreamingOutput;

import org.jboss.resteasy.reactive.RestResponse;

import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** Quarkus REST. */
@Path("/layers/rest")
public class RestLayer {

    private static final int FLUSHED = 20;

    private final Counter counter;

    RestLayer(Counter counter) {
        this.counter = counter;
    }

    @GET
    @Path("/read")
    public String read() {
        return counter.read();
    }

    @GET
    @Path("/blocking")
    @Blocking
    public String blocking() {
        return counter.next();
    }

    @GET
    @Path("/uni")
    public Uni<String> uni() {
        return Uni.createFrom().item(counter.next());
    }

    @GET
    @Path("/later")
    public Uni<String> later() {
        return Uni.createFrom().nullItem().onItem().delayIt().by(Duration.ofMillis(2)).map(ignored -> counter.next());
    }

    @GET
    @Path("/multi")
    @Produces(MediaType.TEXT_PLAIN)
    public Multi<String> multi() {
        counter.next();
        return Multi.createFrom().range(0, Bodies.CHUNKS).map(Bodies::chunk);
    }

    @GET
    @Path("/multi-later")
    @Produces(MediaType.TEXT_PLAIN)
    public Multi<String> multiLater() {
        counter.next();
        return Multi.createFrom().ticks().every(Duration.ofMillis(1)).onOverflow().buffer().select().first(5)
                .map(tick -> tick + ",");
    }

    @GET
    @Path("/sse")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public Multi<String> serverSentEvents() {
        counter.next();
        return Multi.createFrom().range(0, 5).map(i -> "event " + i);
    }

    @GET
    @Path("/stream")
    public StreamingOutput stream() {
        counter.next();
        return out -> {
            for (int i = 0; i < Bodies.CHUNKS; i++) {
                out.write(Bodies.chunk(i).getBytes(StandardCharsets.US_ASCII));
                if (i % FLUSHED == 0) {
                    out.flush();
                }
            }
        };
    }

    @GET
    @Path("/late")
    public StreamingOutput late() {
        return out -> {
            write(out, "first, ");
            write(out, counter.late());
        };
    }

    @GET
    @Path("/file")
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    public File file() {
        counter.next();
        return Bodies.file().toFile();
    }

    @GET
    @Path("/path")
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    public java.nio.file.Path path() {
        counter.next();
        return Bodies.file();
    }

    @GET
    @Path("/large")
    public byte[] large() {
        counter.next();
        return Bodies.bytes(Bodies.LARGE);
    }

    @GET
    @Path("/no-content")
    public void noContent() {
        counter.next();
    }

    @GET
    @Path("/not-modified")
    public RestResponse<Void> notModified() {
        counter.next();
        return RestResponse.notModified();
    }

    @GET
    @Path("/redirect")
    public RestResponse<Void> redirect() {
        counter.next();
        return RestResponse.seeOther(URI.create("/layers/rest/read"));
    }

    @GET
    @Path("/forbidden")
    public String forbidden() {
        counter.next();
        throw new ForbiddenException();
    }

    @GET
    @Path("/not-found")
    public RestResponse<String> notFound() {
        return RestResponse.status(RestResponse.Status.NOT_FOUND, counter.next());
    }

    @GET
    @Path("/server-error")
    public RestResponse<String> serverError() {
        return RestResponse.status(RestResponse.Status.INTERNAL_SERVER_ERROR, counter.next());
    }

    @GET
    @Path("/failing")
    public String failing() {
        throw new ExpectedException(counter.next());
    }

    @GET
    @Path("/failing-uni")
    public Uni<String> failingUni() {
        return Uni.createFrom().failure(new ExpectedException(counter.next()));
    }

    @POST
    @Path("/upload")
    public String upload(byte[] body) {
        counter.next();
        return Bodies.fingerprint(body);
    }

    @POST
    @Path("/json")
    public Order json(Order order) {
        counter.next();
        return new Order(order.item(), order.amount() + 1);
    }

    private static void write(OutputStream out, String text) throws java.io.IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    /** A request and response in JSON. */
    public record Order(String item, int amount) {
    }
}
