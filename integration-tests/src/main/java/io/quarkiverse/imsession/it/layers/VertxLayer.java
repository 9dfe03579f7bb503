package io.quarkiverse.imsession.it.layers;

import jakarta.enterprise.event.Observes;

import io.quarkiverse.imsession.ImSession;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** Plain Vert.x routes: they have no CDI request context. */
final class VertxLayer {

    private static final String ROOT = "/layers/vertx/";

    void init(@Observes Router router) {
        router.route(ROOT + "read").handler(context -> context.end(Counter.read(ImSession.of(context))));
        router.route(ROOT + "text").handler(context -> context.end(Counter.next(context)));
        router.route(ROOT + "json").handler(context -> context.json(new JsonObject().put("told", Counter.next(context))));
        router.route(ROOT + "blocking").blockingHandler(context -> context.end(Counter.next(context)));
        router.route(ROOT + "later").handler(
                context -> context.vertx().setTimer(2, ignored -> context.end(Counter.next(context))));
        router.route(ROOT + "reroute").handler(context -> context.reroute(context.request().uri().replace("reroute", "text")));
        router.route(ROOT + "chunked").handler(VertxLayer::chunked);
        router.route(ROOT + "drained").handler(VertxLayer::drained);
        router.route(ROOT + "head-first").handler(VertxLayer::headFirst);
        router.route(ROOT + "late").handler(VertxLayer::late);
        router.route(ROOT + "file").handler(VertxLayer::file);
        router.route(ROOT + "pipe").handler(VertxLayer::pipe);
        router.route(ROOT + "send").handler(VertxLayer::send);
        router.route(ROOT + "no-content").handler(context -> answer(context, 204));
        router.route(ROOT + "redirect").handler(VertxLayer::redirect);
        router.route(ROOT + "not-found").handler(VertxLayer::notFound);
        router.route(ROOT + "server-error").handler(context -> answer(context, 500));
        router.route(ROOT + "failing").handler(VertxLayer::failing);
        router.post(ROOT + "upload").handler(VertxLayer::upload);
    }

    private static void answer(RoutingContext context, int status) {
        Counter.next(context);
        context.response().setStatusCode(status).end();
    }

    private static void redirect(RoutingContext context) {
        Counter.next(context);
        context.redirect(ROOT + "read");
    }

    private static void notFound(RoutingContext context) {
        Counter.next(context);
        context.fail(404);
    }

    private static void failing(RoutingContext context) {
        throw new ExpectedException(Counter.next(context));
    }

    /** Does not wait, as much of what is written on Vert.x. */
    private static void chunked(RoutingContext context) {
        Counter.next(context);
        HttpServerResponse response = context.response().setChunked(true);
        for (int i = 0; i < Bodies.CHUNKS; i++) {
            response.write(Bodies.chunk(i));
        }
        response.end();
    }

    /** Stops when the queue is full, and goes on when it is drained. */
    private static void drained(RoutingContext context) {
        Counter.next(context);
        context.response().setChunked(true);
        drain(context.response(), 0);
    }

    private static void drain(HttpServerResponse response, int index) {
        int next = index;
        while (next < Bodies.CHUNKS) {
            response.write(Bodies.chunk(next++));
            if (response.writeQueueFull()) {
                int rest = next;
                response.drainHandler(ignored -> drain(response, rest));
                return;
            }
        }
        response.end();
    }

    private static void headFirst(RoutingContext context) {
        String count = Counter.next(context);
        HttpServerResponse response = context.response();
        response.putHeader("Content-Length", Integer.toString(count.length()));
        response.writeHead().onSuccess(ignored -> response.end(count));
    }

    private static void late(RoutingContext context) {
        HttpServerResponse response = context.response().setChunked(true);
        response.write("first, ");
        response.end(Counter.late(ImSession.of(context)));
    }

    private static void file(RoutingContext context) {
        Counter.next(context);
        context.response().sendFile(Bodies.file().toString());
    }

    private static void pipe(RoutingContext context) {
        Counter.next(context);
        context.response().setChunked(true);
        context.vertx().fileSystem().open(Bodies.file().toString(), new OpenOptions().setWrite(false))
                .onSuccess(file -> file.pipeTo(context.response()).onComplete(done -> file.close())).onFailure(context::fail);
    }

    private static void send(RoutingContext context) {
        Counter.next(context);
        context.vertx().fileSystem().open(Bodies.file().toString(), new OpenOptions().setWrite(false))
                .onSuccess(file -> context.response().send(file).onComplete(done -> file.close())).onFailure(context::fail);
    }

    /** Reads the body itself, without a body handler. Quarkus has paused it. */
    private static void upload(RoutingContext context) {
        Counter.next(context);
        context.request().bodyHandler(body -> context.end(Bodies.fingerprint(body.getBytes())));
        context.request().resume();
    }
}
