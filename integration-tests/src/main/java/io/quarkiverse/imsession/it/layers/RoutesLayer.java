package io.quarkiverse.imsession.it.layers;

import java.time.Duration;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.vertx.web.Body;
import io.quarkus.vertx.web.Route;
import io.quarkus.vertx.web.RouteBase;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;

/** Reactive routes. */
@ApplicationScoped
@RouteBase(path = "/layers/routes")
public class RoutesLayer {

    private final Counter counter;

    RoutesLayer(Counter counter) {
        this.counter = counter;
    }

    @Route(path = "read")
    String read() {
        return counter.read();
    }

    @Route(path = "text")
    String text() {
        return counter.next();
    }

    @Route(path = "context")
    void context(RoutingContext context) {
        context.end(counter.next());
    }

    @Route(path = "uni")
    Uni<String> uni() {
        return Uni.createFrom().item(counter.next());
    }

    @Route(path = "later")
    Uni<String> later() {
        return Uni.createFrom().nullItem().onItem().delayIt().by(Duration.ofMillis(2)).map(ignored -> counter.next());
    }

    @Route(path = "blocking", type = Route.HandlerType.BLOCKING)
    String blocking() {
        return counter.next();
    }

    @Route(path = "multi")
    Multi<String> multi() {
        counter.next();
        return Multi.createFrom().range(0, Bodies.CHUNKS).map(Bodies::chunk);
    }

    @Route(path = "sse", produces = "text/event-stream")
    Multi<String> serverSentEvents() {
        counter.next();
        return Multi.createFrom().range(0, 5).map(i -> "event " + i);
    }

    @Route(path = "no-content")
    Uni<Void> noContent() {
        counter.next();
        return Uni.createFrom().voidItem();
    }

    @Route(path = "failing")
    String failing() {
        throw new ExpectedException(counter.next());
    }

    @Route(path = "failing-uni")
    Uni<String> failingUni() {
        return Uni.createFrom().failure(new ExpectedException(counter.next()));
    }

    @Route(path = "upload", methods = Route.HttpMethod.POST)
    String upload(@Body Buffer body) {
        counter.next();
        return Bodies.fingerprint(body.getBytes());
    }
}
