package io.quarkiverse.imsession.test.hostile;

import java.util.List;
import java.util.Optional;

/**
 * What hostile input is tried on.
 *
 * @param <T> a case; its text tells a reader of a failure what to send
 */
public interface HostileTarget<T> {

    /** Puts in place what the cases need. Takes as long as it takes. */
    default void prepare(List<T> cases) throws Exception {
    }

    /**
     * Tries cases together.
     *
     * @return what seems wrong, but may be another's doing
     * @throws AssertionError if something is wrong for sure
     */
    Optional<String> attempt(List<T> cases) throws Exception;

    /** The clock that attempts are measured by. What works on the calling thread only may have that of its work. */
    default long nanos() {
        return System.nanoTime();
    }
}
