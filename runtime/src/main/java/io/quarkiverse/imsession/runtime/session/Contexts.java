package io.quarkiverse.imsession.runtime.session;

import java.util.concurrent.Executor;

import org.jspecify.annotations.Nullable;

import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/** Runs code on the Vert.x context of a request. */
public final class Contexts {

    private Contexts() {
    }

    /** Runs the task at once if the current thread is on that context, otherwise as soon as the context is free. */
    public static void run(@Nullable Context context, Runnable task) {
        if (context == null || context == Vertx.currentContext() && Context.isOnEventLoopThread()) {
            task.run();
        } else {
            context.runOnContext(ignored -> task.run());
        }
    }

    /** Runs tasks on the context that the calling thread is on now. */
    public static Executor ofCaller() {
        Context caller = Vertx.currentContext();
        return task -> run(caller, task);
    }

    /** Runs the task as soon as the context is free, even if the current thread is on it, as the caller may hold a lock. */
    public static void runLater(@Nullable Context context, Runnable task) {
        if (context == null) {
            task.run();
        } else {
            context.runOnContext(ignored -> task.run());
        }
    }

    /**
     * Runs the task in a new context on the same event loop. CDI keeps its request context in the Vert.x context, so the task
     * gets another request context than the request of the given context.
     */
    public static void runApart(@Nullable Context context, Runnable task) {
        Context own = context == null ? null : VertxContext.createNewDuplicatedContext(context);
        if (own != null) {
            VertxContextSafetyToggle.setContextSafe(own, true);
        }
        runLater(own, task);
    }
}
