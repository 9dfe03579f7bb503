package io.quarkiverse.imsession.deployment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.SessionData;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** Routes that end a response and its connection while their session is not stored yet. */
@Singleton
public class ClosingConnectionRoutes {

    static final String BODY = "delivered";

    @Inject
    HeldStore store;

    private volatile CompletableFuture<Void> closed;
    private volatile CompletableFuture<Void> left;
    private volatile CompletableFuture<Void> begun = new CompletableFuture<>();

    void register(@Observes Router router) {
        router.get("/closing/:how").handler(this::end);
        router.get("/closing-in-a-worker/:how").blockingHandler(this::end);
        router.get("/plain").handler(context -> context.end(BODY));
    }

    /** Completes when a connection is closed by the application. */
    CompletableFuture<Void> closed() {
        return closed;
    }

    /** Completes when a client has left. */
    CompletableFuture<Void> left() {
        return left;
    }

    /** Completes when the next request has ended its response. */
    CompletableFuture<Void> next() {
        begun = new CompletableFuture<>();
        return begun;
    }

    private void end(RoutingContext context) {
        store.hold();
        closed = new CompletableFuture<>();
        left = new CompletableFuture<>();
        ImSession.of(context).set(SessionData.of("name", "anna"));
        HttpServerRequest request = context.request();
        HttpServerResponse response = context.response();
        response.closeHandler(left::complete);
        HttpConnection connection = request.connection();
        String how = context.pathParam("how");
        switch (how) {
            case "connection" -> {
                response.end(BODY);
                close(request.connection());
            }
            case "connection-known-before" -> {
                response.end(BODY);
                close(connection);
            }
            case "connection-twice" -> {
                response.end(BODY);
                connection.close();
                close(connection);
            }
            case "response" -> {
                response.end(BODY);
                response.close();
            }
            case "reset" -> {
                response.end(BODY);
                response.reset();
            }
            case "chunks" -> {
                response.setChunked(true).write(BODY.substring(0, 3));
                response.write(BODY.substring(3));
                response.end();
                close(connection);
            }
            case "file" -> {
                response.sendFile(file());
                close(connection);
            }
            case "unfinished" -> {
                response.putHeader("Content-Length", "1000").write(BODY);
                close(connection);
            }
            default -> throw new IllegalArgumentException(how);
        }
        begun.complete(null);
        // Without a gate the connection would be closed two turns later.
        String outcome = context.request().getParam("store");
        if (outcome != null) {
            context.vertx().runOnContext(
                    first -> context.vertx().runOnContext(second -> store.release(outcome.equals("works"))));
        }
    }

    private void close(HttpConnection connection) {
        connection.close().onSuccess(closed::complete).onFailure(closed::completeExceptionally);
    }

    private static String file() {
        try {
            Path file = Files.createTempFile("closing", ".txt");
            file.toFile().deleteOnExit();
            return Files.writeString(file, BODY).toString();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
