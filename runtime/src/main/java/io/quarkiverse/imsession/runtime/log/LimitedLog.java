package io.quarkiverse.imsession.runtime.log;

import java.util.function.LongSupplier;

import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;
import org.jspecify.annotations.Nullable;

/**
 * Log lines of one kind that unknown clients can cause. Their number within a time is limited, and the next line that is
 * written tells how many were left out before it.
 * <p>
 * An exception among the arguments is {@linkplain Failures#describe described}, so that the log contains no messages of other
 * code.
 */
public final class LimitedLog {

    /** The greatest number of lines within {@link #WINDOW_NANOS}. */
    static final int MOST_LINES = 10;
    static final long WINDOW_NANOS = 10_000_000_000L;

    private final Logger log;
    private final Level level;
    private final LongSupplier nanos;

    private long windowBegan;
    private int written;
    private long leftOut;

    public LimitedLog(Logger log, Level level) {
        this(log, level, System::nanoTime);
    }

    /** @param nanos counts nanoseconds, as {@link System#nanoTime()} does */
    LimitedLog(Logger log, Level level, LongSupplier nanos) {
        this.log = log;
        this.level = level;
        this.nanos = nanos;
    }

    public void log(String message) {
        long before = admit();
        if (before >= 0) {
            log.log(level, line(before, message));
        }
    }

    /** @param format as of {@link String#format} */
    public void log(String format, @Nullable Object argument) {
        long before = admit();
        if (before >= 0) {
            log.log(level, line(before, String.format(format, safe(argument))));
        }
    }

    /** @param format as of {@link String#format} */
    public void log(String format, @Nullable Object first, @Nullable Object second) {
        long before = admit();
        if (before >= 0) {
            log.log(level, line(before, String.format(format, safe(first), safe(second))));
        }
    }

    /** @param format as of {@link String#format} */
    public void log(String format, @Nullable Object first, @Nullable Object second, @Nullable Object third) {
        long before = admit();
        if (before >= 0) {
            log.log(level, line(before, String.format(format, safe(first), safe(second), safe(third))));
        }
    }

    /**
     * Logs the failure with its stack trace, but without messages of other code.
     *
     * @param format as of {@link String#format}
     */
    public void logWithTrace(Throwable failure, String format, @Nullable Object argument) {
        long before = admit();
        if (before >= 0) {
            log.log(level, line(before, String.format(format, safe(argument))), Failures.withoutForeignMessages(failure));
        }
    }

    /**
     * Logs the failure with its stack trace, but without messages of other code.
     *
     * @param format as of {@link String#format}
     */
    public void logWithTrace(Throwable failure, String format, @Nullable Object first, @Nullable Object second) {
        long before = admit();
        if (before >= 0) {
            log.log(level, line(before, String.format(format, safe(first), safe(second))),
                    Failures.withoutForeignMessages(failure));
        }
    }

    /** How many lines were left out before this one, or -1 if this is left out, too. */
    private synchronized long admit() {
        long now = nanos.getAsLong();
        if (written == 0 || now - windowBegan >= WINDOW_NANOS) {
            windowBegan = now;
            written = 0;
        }
        if (written == MOST_LINES) {
            leftOut++;
            return -1;
        }
        written++;
        long before = leftOut;
        leftOut = 0;
        return before;
    }

    private static String line(long leftOutBefore, String message) {
        return leftOutBefore == 0 ? message
                : message + " (" + leftOutBefore + (leftOutBefore == 1 ? " such line was" : " such lines were")
                        + " left out before)";
    }

    private static @Nullable Object safe(@Nullable Object argument) {
        return argument instanceof Throwable failure ? Failures.describe(failure) : argument;
    }
}
