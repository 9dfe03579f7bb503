package io.quarkiverse.imsession.it.load;

import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;

/** What many clients have done, and what went wrong. */
final class Tally {

    private final ConcurrentMap<String, LongAdder> counts = new ConcurrentHashMap<>();
    private final LongAdder requests = new LongAdder();
    private final Queue<String> errors = new ConcurrentLinkedQueue<>();

    void count(String what) {
        count(what, 1);
    }

    void count(String what, int times) {
        counts.computeIfAbsent(what, ignored -> new LongAdder()).add(times);
    }

    void countRequest() {
        requests.increment();
    }

    void error(String what) {
        errors.add(what);
    }

    /** An error unless the status is the expected one. */
    Answer expect(int status, Answer answer, String path) {
        requests.increment();
        if (answer.status() != status) {
            error(path + " answered " + answer.status() + ": " + answer.body());
        }
        return answer;
    }

    long requests() {
        return requests.sum();
    }

    long of(String what) {
        LongAdder count = counts.get(what);
        return count == null ? 0 : count.sum();
    }

    Map<String, Long> counts() {
        Map<String, Long> all = new TreeMap<>();
        counts.forEach((what, count) -> all.put(what, count.sum()));
        return all;
    }

    Queue<String> errors() {
        return errors;
    }
}
