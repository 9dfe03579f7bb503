package io.quarkiverse.imsession.runtime.histories;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

import io.quarkiverse.imsession.runtime.histories.History.Instance;
import io.quarkiverse.imsession.spi.SessionStore;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/** Calls stores as requests do, on event loops. */
public final class EventLoops {

    private EventLoops() {
    }

    /**
     * Stores that share their sessions, for one client. All clients have contexts of their own: a thread would get the same.
     */
    public static List<Instance> instances(Vertx vertx, List<? extends SessionStore> stores) {
        Context context = CompletableFuture.supplyAsync(vertx::getOrCreateContext, task -> new Thread(task).start()).join();
        Executor caller = call -> {
            CompletableFuture<Void> called = new CompletableFuture<>();
            context.runOnContext(ignored -> {
                try {
                    call.run();
                    called.complete(null);
                } catch (Throwable e) {
                    called.completeExceptionally(e);
                }
            });
            called.join();
        };
        return stores.stream().map(store -> new Instance(store, caller)).toList();
    }
}
