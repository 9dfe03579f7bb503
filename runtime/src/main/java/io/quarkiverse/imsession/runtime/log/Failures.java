package io.quarkiverse.imsession.runtime.log;

import java.util.concurrent.CompletionException;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.SessionException;

/** Descriptions of failures that may be logged. */
public final class Failures {

    /** The greatest number of causes that are followed, as they may form a cycle. */
    private static final int MOST_CAUSES = 10;
    /** Of a host that was found, as Java writes it: "name/10.0.0.1:6379". The text before "@" may be a password. */
    private static final Pattern ADDRESS = Pattern.compile("(?<=/)(?:[0-9]{1,3}(?:\\.[0-9]{1,3}){3}"
            + "|\\[?(?:[0-9A-Fa-f]{0,4}:){2,7}[0-9A-Fa-f]{0,4}]?):[0-9]{1,5}(?![0-9])(?!\\S*@)");
    private static final int MOST_ADDRESSES = 10;

    private Failures() {
    }

    /**
     * Describes an exception of this extension by its message, which never contains a token or data, and any other exception by
     * its class, as its message may contain them.
     */
    public static String describe(Throwable failure) {
        Throwable cause = unwrap(failure);
        String message = cause instanceof SessionException ? cause.getMessage() : null;
        return message == null ? cause.getClass().getName() : message;
    }

    /** Where a connection failed: " at " and the addresses in the message of the failure, or nothing if it has none. */
    public static String at(Throwable failure) {
        String addresses = ADDRESS.matcher(String.valueOf(failure.getMessage())).results().map(MatchResult::group).distinct()
                .limit(MOST_ADDRESSES).collect(Collectors.joining(", "));
        return addresses.isEmpty() ? "" : " at " + addresses;
    }

    /** The failure of a stage, without the exception that stages wrap it in. */
    public static Throwable unwrap(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    /** The same failure with its stack trace and causes, but without messages other than of this extension. */
    public static @Nullable Throwable withoutForeignMessages(@Nullable Throwable failure) {
        return withoutForeignMessages(failure, MOST_CAUSES);
    }

    private static @Nullable Throwable withoutForeignMessages(@Nullable Throwable failure, int left) {
        return failure == null || left == 0 ? null
                : new Quiet(failure, withoutForeignMessages(failure.getCause(), left - 1));
    }

    /** Replaces another exception, with its class name and stack trace. */
    private static final class Quiet extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final String text;

        Quiet(Throwable failure, @Nullable Throwable cause) {
            super(describe(failure), cause);
            this.text = failure instanceof SessionException ? failure.toString() : failure.getClass().getName();
            setStackTrace(failure.getStackTrace());
        }

        @Override
        public synchronized Throwable fillInStackTrace() {
            return this;
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
