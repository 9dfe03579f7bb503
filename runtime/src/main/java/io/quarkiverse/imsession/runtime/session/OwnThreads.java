package io.quarkiverse.imsession.runtime.session;

import java.util.concurrent.ThreadFactory;

/** Threads that requests cause, and that are none of a request. */
final class OwnThreads {

    private OwnThreads() {
    }

    /** Makes daemons of that name, for the class loader of the caller. */
    static ThreadFactory named(String name) {
        ClassLoader classes = Thread.currentThread().getContextClassLoader();
        return task -> {
            // Otherwise the thread would inherit values of the request that caused it.
            Thread thread = new Thread(null, task, name, 0, false);
            thread.setDaemon(true);
            thread.setContextClassLoader(classes);
            return thread;
        };
    }
}
