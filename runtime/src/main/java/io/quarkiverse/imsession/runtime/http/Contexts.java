package io.quarkiverse.imsession.runtime.http;

import org.jspecify.annotations.Nullable;

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
}
