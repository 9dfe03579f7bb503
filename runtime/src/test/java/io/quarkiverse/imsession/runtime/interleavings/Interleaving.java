package io.quarkiverse.imsession.runtime.interleavings;

import java.util.List;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * Requests that use one session at the same time.
 *
 * @param requests the requests, in no order
 * @param choices which of them goes on, or which call of the store: by its number among those that can, over and over
 */
record Interleaving(List<Request> requests, List<Integer> choices) {

    private static final int MOST_REQUESTS = 4;
    private static final int MOST_STEPS = 4;
    private static final int MOST_CHOICES = 40;

    /**
     * One request. It loads the session, makes its steps and commits. Or each step is an update of its own from outside of a
     * request.
     *
     * @param instance the number of the instance of the application
     */
    record Request(boolean isById, int instance, List<Step> steps) {

        @Override
        public String toString() {
            return (isById ? "by id at " : "request at ") + instance + ' ' + steps;
        }
    }

    static Arbitrary<Interleaving> any() {
        Arbitrary<Integer> instance = Arbitraries.integers().between(0, 1);
        Arbitrary<Request> request = Combinators.combine(instance, Step.steps().list().ofMinSize(1).ofMaxSize(MOST_STEPS))
                .as((number, steps) -> new Request(false, number, steps));
        Arbitrary<Request> byId = Combinators.combine(instance, Step.updates().list().ofMinSize(1).ofMaxSize(2))
                .as((number, steps) -> new Request(true, number, steps));
        return Combinators.combine(
                Arbitraries.frequencyOf(Tuple.of(5, request), Tuple.of(1, byId)).list()
                        .ofMinSize(2).ofMaxSize(MOST_REQUESTS),
                Arbitraries.integers().between(0, 2 * MOST_REQUESTS).list().ofMaxSize(MOST_CHOICES))
                .as(Interleaving::new);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        requests.forEach(request -> text.append("\n  ").append(request));
        return text.append("\n  choices ").append(choices).toString();
    }
}
