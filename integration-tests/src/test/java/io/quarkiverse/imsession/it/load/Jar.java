package io.quarkiverse.imsession.it.load;

import java.time.Duration;
import java.util.Random;

/** The session of a browser as its cookie jar knows it. Its tabs share it: the response that comes last decides. */
final class Jar {

    enum Fate {
        LOG_OUT,
        /** Is used no more. */
        ABANDON,
        /** Is used until the absolute timeout ends it. */
        OVERSTAY
    }

    /** A token that another one has replaced. */
    record Superseded(String token, long replacedAfter, long replacedBefore, boolean successorUsed) {
    }

    private static final int SHORTEST_USE_MILLIS = 200;
    private static final int LONGEST_USE_MILLIS = 7500;

    final Fate fate;
    final boolean loggedIn;
    /** Whether it is only read, so that it gets old enough to be renewed. */
    final boolean onlyRead;
    private final long created;
    private final long over;
    private volatile long stored;
    private volatile boolean lost;
    private volatile String token;
    private volatile Superseded superseded;

    /** @param created before the request that made it, by {@link System#nanoTime()} */
    Jar(String token, boolean loggedIn, long created, Random random) {
        this.token = token;
        this.loggedIn = loggedIn;
        this.created = created;
        this.stored = created;
        this.onlyRead = random.nextBoolean();
        int dice = random.nextInt(10);
        this.fate = dice < 5 ? Fate.LOG_OUT : dice < 9 ? Fate.ABANDON : Fate.OVERSTAY;
        this.over = System.nanoTime() + (fate == Fate.OVERSTAY ? Lifetimes.GONE_FOR_SURE
                : Duration.ofMillis(SHORTEST_USE_MILLIS + random.nextInt(LONGEST_USE_MILLIS - SHORTEST_USE_MILLIS))).toNanos();
    }

    String token() {
        return token;
    }

    /** Null if none is known to be still of interest. */
    Superseded superseded() {
        return superseded;
    }

    boolean isOver() {
        return lost || System.nanoTime() - over > 0;
    }

    /** Whether a timeout may have ended it: on a slow machine also that of a session in use. */
    boolean mayBeGone() {
        long now = System.nanoTime();
        return now - created > Lifetimes.ABSOLUTE.toNanos() || now - stored > Lifetimes.TIMEOUT.toNanos();
    }

    /** Gives up a session that a timeout has ended. */
    void lose() {
        lost = true;
    }

    boolean isLost() {
        return lost;
    }

    /** Takes the token of a response. True if it is a new one. */
    synchronized boolean take(String used, long sent, Answer answer) {
        Superseded before = superseded;
        // Only the use of the new token after the grace period shows that the client has kept it.
        if (before != null && used.equals(token)
                && sent - before.replacedBefore() > Lifetimes.GRACE_SEEN.toNanos()) {
            superseded = new Superseded(before.token, before.replacedAfter, before.replacedBefore, true);
        }
        if (answer.hasToken() && sent - stored > 0) {
            stored = sent;
        }
        if (!answer.hasToken() || answer.token().equals(token)) {
            return false;
        }
        superseded = new Superseded(token, sent, System.nanoTime(), false);
        token = answer.token();
        return true;
    }

    /** After an explicit renewal: its predecessor has no grace. */
    synchronized void replace(String next, long sent) {
        superseded = null;
        token = next;
        stored = sent;
    }

    synchronized void forgetSuperseded() {
        superseded = null;
    }
}
