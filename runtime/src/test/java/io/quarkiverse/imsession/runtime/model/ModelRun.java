package io.quarkiverse.imsession.runtime.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;

import io.quarkiverse.imsession.ReactiveImSessions;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.spi.IndexedSessionStore;

/** What all clients of a run share: the instances of the application, and the model. */
public final class ModelRun {

    static final int CLIENTS = 8;
    static final int IN_FLIGHT = 8;
    static final int MOST_IN_FLIGHT = CLIENTS * IN_FLIGHT;
    /** The clock that a store reads may be some milliseconds old. */
    static final long CLOCK_MILLIS = 50;

    private final List<Instance> instances;
    private final Clock clock;
    private final Lifetimes lifetimes;
    private final Ageing ageing;
    private final Endings endings = new Endings();
    private final Map<SessionId, OwnedSession> owned = new ConcurrentHashMap<>();
    private final List<SharedSession> shared = new CopyOnWriteArrayList<>();
    private final Map<SessionId, Long> dead = new ConcurrentHashMap<>();
    private final Map<SessionId, Long> expired = new ConcurrentHashMap<>();
    private final Set<SessionId> contended = ConcurrentHashMap.newKeySet();
    private final Map<String, LongAdder> tally = new ConcurrentHashMap<>();

    /** One instance of the application. */
    public record Instance(IndexedSessionStore store, ReactiveImSessions sessions) {
    }

    /**
     * Makes the store forget a session after a moment, as if its time had come: no run lasts long enough for many to expire.
     */
    @FunctionalInterface
    public interface Ageing {

        Duration MOMENT = Duration.ofMillis(50);

        void age(SessionId id);
    }

    /** @param clock the clock of the store */
    public ModelRun(List<Instance> instances, Clock clock, Lifetimes lifetimes, Ageing ageing) {
        this.ageing = ageing;
        this.instances = instances;
        this.clock = clock;
        this.lifetimes = lifetimes;
    }

    /** The same secrets for the same seed. */
    public static SecureRandom seeded(long seed) {
        try {
            SecureRandom secrets = SecureRandom.getInstance("SHA1PRNG");
            secrets.setSeed(seed);
            return secrets;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    Instance instance(Random random) {
        return Values.random(instances, random);
    }

    long millis() {
        return clock.millis();
    }

    Lifetimes lifetimes() {
        return lifetimes;
    }

    Ageing ageing() {
        return ageing;
    }

    Endings endings() {
        return endings;
    }

    /** The sessions that live, as far as their clients know, or are just being stored. */
    Map<SessionId, OwnedSession> owned() {
        return owned;
    }

    List<SharedSession> shared() {
        return shared;
    }

    /** When sessions were known to have ended or expired. */
    Map<SessionId, Long> dead() {
        return Collections.unmodifiableMap(dead);
    }

    /**
     * Notes that two operations on a session, or one that was refused, may have entered it in vain. Such entries are
     * dropped only after a pause.
     */
    void mayLeaveEntries(SessionId id) {
        contended.add(id);
    }

    /** Whether a session may be entered under a value that it has not. */
    boolean mayBeEntered(SessionId id) {
        return expired.containsKey(id) || contended.contains(id);
    }

    void died(SessionId id, long tick) {
        dead.putIfAbsent(id, tick);
        owned.remove(id);
    }

    void expired(SessionId id, long tick) {
        expired.put(id, tick);
        died(id, tick);
    }

    /** It was seen alive. {@code from} is the time of the store's clock when it was asked for. */
    void assertAlive(OwnedSession session, long from) {
        assertThat(session.goneAt() + CLOCK_MILLIS).as("end of %s, which is alive", session).isGreaterThan(from);
    }

    /** It was not found: it must have expired, or somebody has ended it. */
    void gone(OwnedSession session) {
        long tick = endings.tick();
        if (session.goneAt() - CLOCK_MILLIS <= millis()) {
            expired(session.id(), tick);
            count("expired");
        } else if (session.mayHaveEnded(endings)) {
            died(session.id(), tick);
            count("ended by others");
        } else {
            fail("Nobody has ended %s, and it is gone", session);
        }
    }

    void count(String event) {
        tally.computeIfAbsent(event, key -> new LongAdder()).increment();
    }

    /** How often what has happened. */
    Map<String, Long> tally() {
        Map<String, Long> counts = new TreeMap<>();
        tally.forEach((event, count) -> counts.put(event, count.sum()));
        return counts;
    }
}
