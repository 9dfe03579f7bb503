package io.quarkiverse.imsession.runtime.histories;

import org.jspecify.annotations.Nullable;

/**
 * One operation of a history.
 *
 * @param name what was asked and answered, for people
 * @param invoked before it was asked; of the same clock for all calls of a history
 * @param returned after it was answered, or {@link #NEVER} if nobody knows whether and when it took effect
 * @param step what it does to the state
 */
record Call<S>(String name, long invoked, long returned, Step<S> step) {

    static final long NEVER = Long.MAX_VALUE;

    boolean isAnswered() {
        return returned != NEVER;
    }

    @Override
    public String toString() {
        return invoked + ".." + (isAnswered() ? returned : "?") + ' ' + name;
    }

    /** What an operation makes of a state. */
    @FunctionalInterface
    interface Step<S> {

        /** The state after the operation, or null if an operation on this state would have been answered otherwise. */
        @Nullable
        S apply(S before);
    }
}
