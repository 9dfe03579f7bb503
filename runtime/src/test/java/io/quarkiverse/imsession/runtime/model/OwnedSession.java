package io.quarkiverse.imsession.runtime.model;

import static io.quarkiverse.imsession.runtime.model.Endings.NEVER;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

import io.quarkiverse.imsession.Reference;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.runtime.model.Endings.Hold;
import io.quarkiverse.imsession.spi.Created;
import io.quarkiverse.imsession.spi.Expiry;
import io.quarkiverse.imsession.spi.SessionStore;
import io.quarkiverse.imsession.spi.SessionToken;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.spi.TokenState;

/**
 * What the model knows of a session that one client uses: everything, but for its end by others. Only its client changes it;
 * others see {@link #known()}.
 */
final class OwnedSession {

    private static final int REMEMBERED = 40;

    private final Deque<String> history = new ArrayDeque<>();
    private final SessionId id;
    private SessionToken token;
    private SessionToken inGrace;
    private SessionToken killed;
    private SessionData data;
    private SessionData wanted;
    private long version;
    private Instant created;
    private Instant expires;
    private Duration own;
    private List<Hold> holds = List.of();
    private long seenAlive;
    private StoredSession basis;
    private long aged;
    private volatile Known known;

    /** What is known for sure while no operation is under way. */
    record Known(Map<String, Reference> references, List<Hold> holds, long seenAlive, long goneAt) {
    }

    OwnedSession(SessionToken token, SessionData data, long tick) {
        this.id = token.id();
        this.token = token;
        this.data = SessionData.empty();
        begin(data, tick);
    }

    SessionId id() {
        return id;
    }

    SessionToken token() {
        return token;
    }

    SessionToken inGrace() {
        return inGrace;
    }

    SessionToken killed() {
        return killed;
    }

    SessionData data() {
        return data;
    }

    long version() {
        return version;
    }

    StoredSession basis() {
        return basis;
    }

    /** Null while an operation is under way. */
    Known known() {
        return known;
    }

    void note(String event) {
        if (history.size() == REMEMBERED) {
            history.removeFirst();
        }
        history.addLast(event);
    }

    /** An operation begins that will make the data {@code next}. */
    void begin(SessionData next, long tick) {
        known = null;
        wanted = next;
        Map<String, Reference> before = Values.of(data);
        Map<String, Reference> after = Values.of(next);
        List<Hold> changed = new ArrayList<>();
        holds.forEach(hold -> changed.add(hold.isOpen() && !after.containsValue(hold.reference()) ? hold.leaving(tick) : hold));
        after.forEach((field, reference) -> {
            if (!reference.equals(before.get(field))) {
                changed.add(Hold.asked(reference, tick));
            }
        });
        holds = List.copyOf(changed);
    }

    /** An operation begins that will change nothing. */
    void begin() {
        known = null;
        wanted = data;
    }

    void created(Created at, Expiry expiry, long begun, long tick) {
        created = at.now();
        version = 0;
        updated(at.now(), at.expiresAt(), expiry, begun, tick);
    }

    void updated(Instant now, Instant newExpires, Expiry expiry, long begun, long tick) {
        data = wanted;
        version++;
        if (expiry != null) {
            own = expiry.ownTimeout() != null ? expiry.ownTimeout() : own;
            expires = now.plus(own != null ? own : expiry.timeout());
            if (expiry.absolute() != null && created.plus(expiry.absolute()).isBefore(expires)) {
                expires = created.plus(expiry.absolute());
            }
        }
        assertThat(newExpires).as("end of %s", this).isEqualTo(expires);
        holds = holds.stream().map(hold -> hold.surelyFrom() == NEVER ? hold.entered(tick)
                : hold.isOpen() && hold.surelyUntil() != NEVER ? hold.left(tick) : hold).toList();
        seen(begun);
    }

    /** Its lifetime began anew: the load after that tells when exactly. */
    void touched(StoredSession stored, Duration newOwn, Duration timeout, long from, long until, long begun, long tick) {
        Duration lifetime = newOwn != null ? newOwn : own != null ? own : timeout;
        Instant now = stored.expiresAt().minus(lifetime);
        assertThat(now.toEpochMilli()).as("end of touched %s", this).isBetween(from, until);
        updated(now, stored.expiresAt(), new Expiry(timeout, newOwn, null), begun, tick);
        check(stored);
    }

    /** It has been given a shorter life at that time of the store's clock, or later, and is gone. */
    void maybeTouched(Duration newOwn, long millis) {
        if (newOwn != null && Instant.ofEpochMilli(millis).plus(newOwn).isBefore(expires)) {
            expires = Instant.ofEpochMilli(millis).plus(newOwn);
        }
    }

    /** Nothing was changed, and it is alive. */
    void seen(long begun) {
        seenAlive = begun;
        known = new Known(Values.of(data), holds, seenAlive, goneAt());
    }

    void renewed(SessionToken next) {
        killed = token;
        token = next;
        inGrace = null;
    }

    void rotated(SessionToken next) {
        killed = inGrace != null ? inGrace : killed;
        inGrace = token;
        token = next;
    }

    /** The store was told behind its back to forget it at a time of its clock. Nobody uses it any more. */
    void aged(long millis, long begun) {
        aged = millis;
        seen(begun);
    }

    /** Whether the store was told to forget it, and has not done so yet. */
    boolean isAgeing(long millis) {
        return aged != 0 && millis < aged + ModelRun.CLOCK_MILLIS;
    }

    /** Milliseconds of the store's clock at which nothing is left of it. */
    long goneAt() {
        return aged != 0 ? aged : expires.plus(SessionStore.EXPIRY_SLACK).toEpochMilli();
    }

    boolean mayHaveEnded(Endings endings) {
        return endings.mayHaveEnded(id, holds, seenAlive);
    }

    boolean mustHaveEnded(Endings endings) {
        return endings.mustHaveEnded(id, holds);
    }

    /** What a load has shown while nothing was under way. */
    void check(StoredSession stored) {
        assertThat(stored.data()).as("data of %s", this).isEqualTo(data);
        assertThat(stored.version()).as("version of %s", this).isEqualTo(version);
        assertThat(stored.token().current()).as("token of %s", this).isEqualTo(token.hash());
        assertThat(stored.createdAt()).as("creation of %s", this).isEqualTo(created);
        assertThat(stored.ownTimeout()).as("lifetime of %s", this).isEqualTo(own);
        assertThat(stored.expiresAt()).as("end of %s", this).isEqualTo(expires);
        if (inGrace != null) {
            assertThat(stored.token().check(inGrace.hash(), stored.now())).as("old token of %s", this)
                    .isEqualTo(TokenState.Check.IN_GRACE);
        }
        basis = stored;
    }

    @Override
    public String toString() {
        return id + " at version " + version + ", wanted " + (wanted == null ? data : wanted).toJson() + ", after "
                + String.join("; ", history);
    }
}
