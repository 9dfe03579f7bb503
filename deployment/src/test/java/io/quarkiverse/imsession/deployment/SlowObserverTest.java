package io.quarkiverse.imsession.deployment;

import static org.hamcrest.Matchers.equalTo;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.SessionEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;

class SlowObserverTest {

    private static final long PATIENCE = 15;

    @RegisterExtension
    static final TestApp APP = TestApp.of(Observer.class, Memory.class, Slow.class);

    @Test
    void anObserverThatEndsWhileTheRequestIsHandledLeavesItsRequestContextAlone() {
        Client.get("/slow", "A".repeat(22) + '.' + "A".repeat(32)).then().statusCode(200).body(equalTo("the same, no session"));
    }

    /** Begins before the request is handled, and ends while it is. */
    @Singleton
    public static class Observer {

        final CompletableFuture<Void> begun = new CompletableFuture<>();
        final CompletableFuture<Void> handled = new CompletableFuture<>();
        final CompletableFuture<Void> ended = new CompletableFuture<>();

        @Inject
        Memory memory;

        void register(@Observes Router router) {
            router.get("/slow").order(-1).handler(context -> {
                Context request = Vertx.currentContext();
                begun.thenRun(() -> request.runOnContext(ignored -> context.next()));
            });
        }

        void observe(@ObservesAsync SessionEvent.Rejected event) throws Exception {
            memory.number();
            begun.complete(null);
            handled.get(PATIENCE, TimeUnit.SECONDS);
        }
    }

    /** There is one for each request context, and it tells its end. */
    @RequestScoped
    public static class Memory {

        private static final AtomicInteger LAST = new AtomicInteger();

        private final int number = LAST.incrementAndGet();

        @Inject
        Observer observer;

        int number() {
            return number;
        }

        @PreDestroy
        void end() {
            observer.ended.complete(null);
        }
    }

    @Path("/slow")
    public static class Slow {

        @Inject
        ImSession session;
        @Inject
        Memory memory;
        @Inject
        Observer observer;

        /** On the event loop: before a worker thread begins, Quarkus takes away the request context of others. */
        @GET
        public Uni<String> get() {
            int before = memory.number();
            observer.handled.complete(null);
            return Uni.createFrom().completionStage(observer.ended).emitOn(Infrastructure.getDefaultWorkerPool())
                    .map(ignored -> (memory.number() == before ? "the same, " : "another, ")
                            + (session.exists() ? "a session" : "no session"));
        }
    }
}
