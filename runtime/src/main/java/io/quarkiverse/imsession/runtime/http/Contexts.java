package io.quarkiverse.imsession.runtime.http;

import org.jspecify.annotations.Nullable;

import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/** Runs code on the Vert.x context of a request. */
final class Contexts {

    private Contexts() {
    }

    /** At once if the current thread is on that context, else as soon as it is free. */
    static void run(@Nullable Context context, Runnable task) {
        if (context == null || context == Vertx.currentContext() && Context.isOnEventLoopThread()) {
            task.run();
        } else {
            context.runOnContext(ignored -> task.run());
        }
    }

    /** As soon as that context is free, also if the current thread is on it: the caller may hold a lock. */
    static void runLater(@Nullable Context context, Runnable task) {
        if (context == null) {
            task.run();
        } else {
            context.runOnContext(ignored -> task.run());
        }
    }

    /**
     * On a context of its own, on the same event loop. CDI keeps its request context in that of Vert.x: what is begun here has
     * another one than the request that the given context is of.
     */
    static void runApart(@Nullable Context context, Runnable task) {
        Context own = context == null ? null : VertxContext.createNewDuplicatedContext(context);
        if (own != null) {
            VertxContextSafetyToggle.setContextSafe(own, true);
        }
        runLater(own, task);
    }
}
