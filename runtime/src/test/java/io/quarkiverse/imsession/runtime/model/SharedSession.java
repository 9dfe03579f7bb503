package io.quarkiverse.imsession.runtime.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.spi.SessionToken;
import io.quarkiverse.imsession.spi.StoredSession;

/** What the model knows of a session that all clients use in parallel. */
final class SharedSession {

    /** All clients raise it. */
    static final String COUNT = "count";

    private final SessionId id;
    private final boolean mayExpire;
    private final AtomicLong updates = new AtomicLong(1);
    private final AtomicLong raised = new AtomicLong();
    private final AtomicLong seenVersion = new AtomicLong(1);
    private final AtomicLong knownGone = new AtomicLong(Endings.NEVER);
    /** Each client has a field of its own: nobody else may ever overwrite it. */
    private final Map<String, Integer> own = new ConcurrentHashMap<>();
    private volatile SessionToken token;
    private volatile StoredSession basis;
    private volatile boolean ended;
    private volatile boolean maybeEnded;

    SharedSession(SessionToken token, boolean mayExpire) {
        this.mayExpire = mayExpire;
        this.id = token.id();
        this.token = token;
    }

    SessionId id() {
        return id;
    }

    /** The newest token that a client has got; others may be about to get a newer one. */
    SessionToken token() {
        return token;
    }

    void token(SessionToken next) {
        token = next;
    }

    /** What some client has loaded some time ago. */
    StoredSession basis() {
        return basis;
    }

    /** Somebody asks for its end. */
    void ending() {
        ended = true;
    }

    /** Somebody asks for the end of all sessions of a value, which it may have. */
    void maybeEnding() {
        maybeEnded = true;
    }

    /** @param begun when the operation was begun that has found it */
    void loaded(StoredSession stored, long begun) {
        assertAlive(begun);
        assertThat(stored.version()).as("version of %s", this).isLessThanOrEqualTo(updates.get() + ModelRun.MOST_IN_FLIGHT);
        seenVersion.accumulateAndGet(stored.version(), Math::max);
        basis = stored;
    }

    void updated(Map<String, Integer> ownFields, long begun) {
        assertAlive(begun);
        updates.incrementAndGet();
        own.putAll(ownFields);
    }

    /** Somebody has raised the field {@link #COUNT} by a function. */
    void raised(long begun) {
        updated(Map.of(), begun);
        raised.incrementAndGet();
    }

    /** @param finished when the operation was finished that has not found it */
    void gone(long finished) {
        assertThat(ended || maybeEnded || mayExpire).as("whether anybody has ended %s, which is gone", this).isTrue();
        knownGone.accumulateAndGet(finished, Math::min);
    }

    /** While nothing is under way. */
    void check(StoredSession stored) {
        assertThat(ended).as("end of %s, which is still there", this).isFalse();
        assertThat(stored.version()).as("version of %s", this).isEqualTo(updates.get())
                .isGreaterThanOrEqualTo(seenVersion.get());
        own.forEach((field, value) -> assertThat(stored.data().get(field, Integer.class)).as("%s of %s", field, this)
                .contains(value));
        assertThat(stored.data().get(COUNT, Integer.class).orElse(0)).as("raises of %s", this).isEqualTo(raised.intValue());
        basis = stored;
        maybeEnded = false;
    }

    private void assertAlive(long begun) {
        assertThat(begun).as("time when %s was seen alive, after it was gone", this).isLessThan(knownGone.get());
    }

    @Override
    public String toString() {
        return "shared session " + id;
    }
}
