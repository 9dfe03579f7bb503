package io.quarkiverse.imsession.runtime.login;

import java.time.Duration;
import java.util.function.Predicate;

/**
 * A cookie in which a mechanism of Quarkus has kept a log-in.
 *
 * @param text the value as the browser has sent it; it must not be logged
 * @param authenticated the part of the log-in that nobody can change without the key of the mechanism. The text is none: there
 *        are several texts of the same bytes
 * @param names which cookies of the browser belong to it
 * @param longest how long it may take to make a session of it, before another request tries that
 */
public record OldCookie(String text, byte[] authenticated, Predicate<String> names, Duration longest) {

    /** The time that it takes if nobody else is asked. */
    public static final Duration LONGEST = Duration.ofSeconds(10);

    @Override
    public String toString() {
        return "OldCookie";
    }
}
