package io.quarkiverse.imsession.it.faults;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.quarkiverse.imsession.it.Client;

/**
 * What a client knows about a session of its own: which changes were acknowledged, and which may have been stored although
 * it was told otherwise. Each field gets growing numbers, so that no later change hides that an earlier one was lost.
 */
final class Ledger {

    static final String OWNER = "owner";
    private static final int FIELDS = 5;

    private final String owner;
    private final Findings findings;
    /** The last one first. If Redis loses a renewal, the token before it is the one that is stored. */
    private final Deque<Token> tokens = new ArrayDeque<>();
    private final Map<String, List<Change>> acknowledged = new HashMap<>();
    private final Map<String, Long> tried = new HashMap<>();
    private long last;
    private State state = State.ALIVE;
    private long endedNanos;

    Ledger(String owner, String token, long createdNanos, Findings findings) {
        this.owner = owner;
        this.findings = findings;
        tokens.push(new Token(token, createdNanos));
    }

    /** What the last response said. */
    String token() {
        return tokens.peek().text;
    }

    /** All that it ever had, the last one first. */
    List<String> tokens() {
        return tokens.stream().map(Token::text).toList();
    }

    State state() {
        return state;
    }

    /** The next number, and in {@link #field} where it goes. */
    long next() {
        return ++last;
    }

    String field(long number) {
        return "f" + number % FIELDS;
    }

    void trying(long number) {
        tried.put(field(number), number);
    }

    void acknowledge(long number, long startNanos) {
        acknowledged.computeIfAbsent(field(number), ignored -> new ArrayList<>()).add(new Change(number, startNanos));
    }

    void replaceToken(String next, long startNanos) {
        if (!hasId(next)) {
            findings.wrong("session %s became %s", id(), Client.id(next));
        }
        tokens.push(new Token(next, startNanos));
    }

    /** A log-out or a renewal was refused: it may have happened or not. */
    void unsure() {
        state = State.UNSURE;
    }

    void ended(long startNanos) {
        state = State.ENDED;
        endedNanos = startNanos;
    }

    boolean hasId(String text) {
        return Client.id(text).equals(id());
    }

    /** Compares with what a response says is stored. */
    void check(Map<String, String> data, long startNanos) {
        if (!owner.equals(data.get(OWNER))) {
            findings.wrong("session %s of %s has the data %s", id(), owner, data);
        }
        for (int i = 0; i < FIELDS; i++) {
            String field = field(i);
            check(field, Long.parseLong(data.getOrDefault(field, "0")), startNanos);
        }
    }

    private void check(String field, long stored, long startNanos) {
        List<Change> changes = acknowledged.computeIfAbsent(field, ignored -> new ArrayList<>());
        if (stored > tried.getOrDefault(field, 0L)) {
            findings.wrong("session %s has %s=%d, which nobody wrote", id(), field, stored);
        }
        while (!changes.isEmpty() && changes.get(changes.size() - 1).number > stored) {
            Change lost = changes.remove(changes.size() - 1);
            findings.lost(id(), lost.startNanos, "has %s=%d, but %d was acknowledged", field, stored, lost.number);
        }
        if (stored > 0 && (changes.isEmpty() || changes.get(changes.size() - 1).number < stored)
                && !findings.mayRefusedVanish()) {
            // It was refused, and is stored nevertheless: from now on it must stay.
            changes.add(new Change(stored, startNanos));
        }
    }

    /** The session was not there, although it was not ended, for a request that had the last token. */
    void missing() {
        findings.missing(id(), tokens.peek().startNanos);
        state = State.MISSING;
    }

    /** In the end it is there with that token. */
    void found(String token) {
        for (Token lost : tokens) {
            if (lost.text.equals(token)) {
                break;
            }
            findings.lost(id(), lost.startNanos, "is there, but not with the token of its last renewal");
        }
        if (state == State.ENDED) {
            findings.lost(id(), endedNanos, "was ended, and is there");
        }
    }

    /** In the end it is there with none of its tokens. */
    void gone() {
        if (state == State.ALIVE || state == State.MISSING) {
            findings.lost(id(), tokens.peekLast().startNanos, "is gone");
            acknowledged.values().forEach(changes -> changes
                    .forEach(change -> findings.lost(id(), change.startNanos, "is gone with change %d", change.number)));
        }
    }

    private String id() {
        return Client.id(token());
    }

    enum State {
        ALIVE,
        MISSING,
        UNSURE,
        ENDED
    }

    private record Token(String text, long startNanos) {
    }

    private record Change(long number, long startNanos) {
    }
}
