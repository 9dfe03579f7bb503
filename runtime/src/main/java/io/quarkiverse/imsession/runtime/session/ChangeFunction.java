package io.quarkiverse.imsession.runtime.session;

import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

/**
 * The functions that the application gives to change a session. They may be called several times, while other updates of the
 * session wait. So a function that changed a session itself might change it twice, or wait for its own end.
 */
public final class ChangeFunction {

    /** Whose change this thread calls a function for. */
    private static final ThreadLocal<@Nullable Object> CHANGING = new ThreadLocal<>();

    private ChangeFunction() {
    }

    /** @param changing whose change it is: the session of a request, or the id of a session that is changed from elsewhere */
    public static <T> @Nullable T call(Object changing, UnaryOperator<T> function, T argument) {
        Object before = CHANGING.get();
        CHANGING.set(changing);
        try {
            return function.apply(argument);
        } finally {
            CHANGING.set(before);
        }
    }

    /** @throws IllegalStateException if this thread calls a function to change a session */
    public static void checkNotWithin(String operation) {
        Object changing = CHANGING.get();
        if (changing != null) {
            throw new IllegalStateException(operation + " was called in the function given to "
                    + (changing instanceof RequestSession ? "ImSession" : "ImSessions") + ".update(), which may be called"
                    + " several times and must have no side effects: call it after update(), or let the function return the data"
                    + " with all changes");
        }
    }

    /** Whether this thread calls a function to change this session. */
    static boolean isFor(RequestSession session) {
        Object changing = CHANGING.get();
        return changing != null && (changing == session || changing.equals(session.id().orElse(null)));
    }
}
