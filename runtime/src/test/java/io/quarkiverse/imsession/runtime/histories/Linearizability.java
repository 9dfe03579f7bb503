package io.quarkiverse.imsession.runtime.histories;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Looks for an order of the calls of a history in which one after the other would have been answered as it was, and in which
 * none comes before another that had been answered before it was asked: the search of Wing and Gong, which tries no set of
 * calls twice with the same state (Lowe). Calls without an answer may be anywhere in the order after they were asked, or not in
 * it.
 */
final class Linearizability<S> {

    private final Node head = new Node(-1, null);
    private final Set<Tried<S>> tried = new HashSet<>();
    private final Deque<Choice<S>> choices = new ArrayDeque<>();
    private final List<Call<S>> furthest = new ArrayList<>();

    private Linearizability(List<Call<S>> history) {
        List<Event<S>> events = new ArrayList<>();
        for (int i = 0; i < history.size(); i++) {
            Call<S> call = history.get(i);
            Node asked = new Node(i, call);
            events.add(new Event<>(call.invoked(), asked));
            if (call.isAnswered()) {
                asked.answer = new Node(i, null);
                events.add(new Event<>(call.returned(), asked.answer));
            }
        }
        events.sort(Comparator.comparingLong(Event::time));
        Node last = head;
        for (Event<S> event : events) {
            event.node.insertAfter(last);
            last = event.node;
        }
    }

    /** Why there is no such order; empty if there is one. The times of a history must all differ. */
    static <S> Optional<String> violation(S initial, List<Call<S>> history) {
        return new Linearizability<>(history).search(initial);
    }

    private Optional<String> search(S initial) {
        S state = initial;
        BitSet done = new BitSet();
        Node node = head.next;
        while (node != null) {
            if (node.call != null) {
                S after = node.call.step().apply(state);
                if (after != null && tried.add(tried(done, node.number, after))) {
                    choices.push(new Choice<>(node, state));
                    done.set(node.number);
                    state = after;
                    node.lift();
                    node = head.next;
                } else {
                    node = node.next;
                }
            } else if (choices.isEmpty()) {
                return Optional.of(report(initial));
            } else {
                rememberFurthest();
                Choice<S> wrong = choices.pop();
                done.clear(wrong.node.number);
                state = wrong.before;
                wrong.node.putBack();
                node = wrong.node.next;
            }
        }
        return Optional.empty();
    }

    private static <S> Tried<S> tried(BitSet done, int number, S after) {
        BitSet with = (BitSet) done.clone();
        with.set(number);
        return new Tried<>(with, after);
    }

    private void rememberFurthest() {
        if (choices.size() > furthest.size()) {
            furthest.clear();
            choices.descendingIterator().forEachRemaining(choice -> furthest.add(choice.node.call));
        }
    }

    private String report(S initial) {
        StringBuilder report = new StringBuilder("No order of the calls explains their answers. The longest explanation:");
        S state = initial;
        for (Call<S> call : furthest) {
            state = call.step().apply(state);
            report.append("\n  ").append(call).append(" -> ").append(state);
        }
        report.append("\nand then none of:");
        for (Node node = head.next; node != null; node = node.next) {
            if (node.call != null && !furthest.contains(node.call)) {
                report.append("\n  ").append(node.call);
            }
        }
        return report.toString();
    }

    private record Tried<S>(BitSet done, S after) {
    }

    private record Choice<S>(Linearizability<S>.Node node, S before) {
    }

    private record Event<S>(long time, Linearizability<S>.Node node) {
    }

    /** That a call was asked, or, without a call, that it was answered. */
    private final class Node {

        private final int number;
        private final @Nullable Call<S> call;
        private @Nullable Node answer;
        private @Nullable Node before;
        private @Nullable Node next;

        private Node(int number, @Nullable Call<S> call) {
            this.number = number;
            this.call = call;
        }

        private void insertAfter(Node node) {
            before = node;
            next = node.next;
            putBackAlone();
        }

        /** Takes a call out of the history. */
        private void lift() {
            liftAlone();
            if (answer != null) {
                answer.liftAlone();
            }
        }

        /** The last to be lifted is the first to be put back. */
        private void putBack() {
            if (answer != null) {
                answer.putBackAlone();
            }
            putBackAlone();
        }

        private void liftAlone() {
            before.next = next;
            if (next != null) {
                next.before = before;
            }
        }

        private void putBackAlone() {
            before.next = this;
            if (next != null) {
                next.before = this;
            }
        }
    }
}
