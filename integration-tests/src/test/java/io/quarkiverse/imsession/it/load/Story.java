package io.quarkiverse.imsession.it.load;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A client to whose session happens one of the things that visitors meet by chance, if the machine is fast enough for it. It
 * ends when that has happened, however slow the machine is.
 */
final class Story implements Runnable {

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final URI base;
    private final Tally tally;
    private final Plot plot;

    private Story(URI base, Tally tally, Plot plot) {
        this.base = base;
        this.tally = tally;
        this.plot = plot;
    }

    static List<Story> all(URI base, Tally tally) {
        return List.<Plot> of(Story::logInRenewAndLogOut, Story::isNotUsed, Story::isUsedForTooLong, Story::isReplayed).stream()
                .map(plot -> new Story(base, tally, plot)).toList();
    }

    static Story ofAReplay(URI base, Tally tally) {
        return new Story(base, tally, Story::isReplayed);
    }

    /**
     * True if it has happened. It has not if a timeout has ended the session before, or the machine was so slow that this
     * cannot be told: a token that is refused, and a log-out, look the same then.
     */
    @FunctionalInterface
    private interface Plot {
        boolean happens(Story story, Connection connection) throws IOException;
    }

    @Override
    public void run() {
        try (Connection connection = new Connection(base)) {
            while (!plot.happens(this, connection)) {
                connection.close();
                tally.count("connections closed between requests");
            }
        } catch (IOException | RuntimeException e) {
            tally.error("a story that did not end: " + e);
        }
    }

    private boolean logInRenewAndLogOut(Connection connection) throws IOException {
        long begin = System.nanoTime();
        String old = logIn(connection);
        connection.close();
        tally.count("connections closed between requests");
        long replacedAfter = System.nanoTime();
        Answer renewed = post(connection, "/races/renew", old);
        if (!renewed.hasToken()) {
            return false;
        }
        assertRefused(connection, old, "after an explicit renewal");
        if (isOver(replacedAfter, Lifetimes.GRACE)) {
            return false;
        }
        tally.count("explicit renewals");
        post(connection, "/api/logout", renewed.token());
        boolean isTooLate = isOver(replacedAfter, Lifetimes.TIMEOUT) || isOver(begin, Lifetimes.ABSOLUTE);
        assertRefused(connection, renewed.token(), "after the log-out");
        if (isTooLate) {
            return false;
        }
        tally.count("log-outs");
        return true;
    }

    private boolean isNotUsed(Connection connection) throws IOException {
        String token = logIn(connection);
        pauseUntil(System.nanoTime(), Lifetimes.GONE);
        assertRefused(connection, token, "after its timeout");
        tally.count("visits after the timeout");
        return true;
    }

    private boolean isUsedForTooLong(Connection connection) throws IOException {
        String token = logIn(connection);
        long created = System.nanoTime();
        while (System.nanoTime() - created < Lifetimes.GONE_FOR_SURE.toNanos()) {
            Answer answer = read(connection, token);
            token = answer.hasToken() ? answer.token() : token;
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        assertRefused(connection, token, "after the absolute timeout");
        tally.count("ended by the absolute timeout");
        return true;
    }

    private boolean isReplayed(Connection connection) throws IOException {
        String old = logIn(connection);
        String next = old;
        long replacedAfter = 0;
        while (next.equals(old)) {
            LockSupport.parkNanos(PAUSE_NANOS);
            replacedAfter = System.nanoTime();
            Answer answer = read(connection, old);
            if (!answer.exists()) {
                return false;
            }
            next = answer.hasToken() ? answer.token() : old;
        }
        long replacedBefore = System.nanoTime();
        tally.count("tokens replaced in time");
        if (!read(connection, next).exists()) {
            return false;
        }
        boolean isTaken = read(connection, old).exists();
        if (isOver(replacedAfter, Lifetimes.GRACE)) {
            // It may have come after the grace period, when nothing showed yet that the client has the new token.
            return false;
        }
        if (isTaken) {
            tally.count("requests in the grace period");
        } else {
            tally.error("a token in its grace period was refused");
        }
        pauseUntil(replacedBefore, Lifetimes.GRACE_SEEN);
        // Only the use of the new token after the grace period shows that the client has kept it.
        Answer kept = read(connection, next);
        if (!kept.exists() || kept.hasToken() && !kept.token().equals(next)) {
            return false;
        }
        assertRefused(connection, old, "after its grace period");
        if (!read(connection, next).exists()) {
            return false;
        }
        tally.count("replays");
        return true;
    }

    private String logIn(Connection connection) throws IOException {
        Answer answer = post(connection, "/api/login?user=story", null);
        tally.count("log-ins");
        return answer.token();
    }

    private void assertRefused(Connection connection, String token, String when) throws IOException {
        Answer answer = read(connection, token);
        if (answer.exists() || answer.token() != null) {
            tally.error("a token was taken " + when);
        }
    }

    private Answer read(Connection connection, String token) throws IOException {
        return post(connection, "/races/read", token);
    }

    private Answer post(Connection connection, String path, String token) throws IOException {
        return tally.expect(200, connection.post(path, token), path);
    }

    private static boolean isOver(long begin, Duration since) {
        return System.nanoTime() - begin > since.toNanos();
    }

    static void pauseUntil(long begin, Duration since) {
        while (!isOver(begin, since)) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
