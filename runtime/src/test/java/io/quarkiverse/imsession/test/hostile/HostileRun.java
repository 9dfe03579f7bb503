package io.quarkiverse.imsession.test.hostile;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import org.jboss.logging.Logger;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.Shrinkable;
import net.jqwik.api.sessions.JqwikSession;

/**
 * Tries generated cases, many at a time. What is in doubt about many is tried again with half of them, down to the single case;
 * that one is at fault only if the doubt stays whenever it is tried alone. So a machine that is busy elsewhere is no fault,
 * and a case that is slow is found among fast ones. A failure names the seed and the smallest case that fails.
 */
public final class HostileRun<T> {

    private static final Logger LOG = Logger.getLogger(HostileRun.class);
    private static final String CASES = "imsession.hostile.cases";
    private static final String SEED = "imsession.hostile.seed";
    private static final int USUAL_CASES = 5_000;
    private static final int SOME = 1000;
    private static final int TRIES_ALONE = 20;
    private static final int MOST_SHRINKS = 2000;
    private static final long MOST_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final String name;
    private final HostileTarget<T> target;
    private final long seed = Long.getLong(SEED, ThreadLocalRandom.current().nextLong(1_000_000));
    private long repeated;
    private long slowestNanos;

    private HostileRun(String name, HostileTarget<T> target) {
        this.name = name;
        this.target = target;
    }

    /**
     * @param percent which part of all cases of the test suite these are
     * @param atOnce how many are tried at a time
     */
    public static <T> void run(String name, int percent, int atOnce, Arbitrary<T> cases, HostileTarget<T> target) {
        long count = Math.max(1, Long.getLong(CASES, USUAL_CASES) * percent / 100);
        JqwikSession.run(() -> new HostileRun<>(name, target).run(count, atOnce, cases.generator(SOME, false)));
    }

    private void run(long count, int atOnce, RandomGenerator<T> generator) {
        Random random = new Random(seed);
        long begin = System.nanoTime();
        for (long done = 0; done < count; done += atOnce) {
            List<Shrinkable<T>> cases = new ArrayList<>(atOnce);
            for (long i = Math.min(atOnce, count - done); i > 0; i--) {
                cases.add(generator.next(random));
            }
            check(cases);
        }
        LOG.infof("%s: %d cases in %d s with seed %d, %d cases tried again, the slowest alone took %d ms", name, count,
                TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin), seed, repeated,
                TimeUnit.NANOSECONDS.toMillis(slowestNanos));
    }

    private void check(List<Shrinkable<T>> cases) {
        Optional<String> doubt = tryOut(cases);
        if (doubt.isEmpty()) {
            return;
        }
        repeated += cases.size();
        if (cases.size() > 1) {
            halves(cases).forEach(this::check);
            return;
        }
        for (int i = 1; i < TRIES_ALONE && doubt.isPresent(); i++) {
            doubt = tryOut(cases);
        }
        doubt.ifPresent(fault -> {
            throw failure(cases.get(0), fault, null);
        });
    }

    /** What is in doubt. Fails for what is none. */
    private Optional<String> tryOut(List<Shrinkable<T>> cases) {
        try {
            return attempt(values(cases), cases.size() == 1);
        } catch (Exception | AssertionError | StackOverflowError e) {
            throw narrowed(cases, e);
        }
    }

    private Optional<String> attempt(List<T> values, boolean alone) throws Exception {
        target.prepare(values);
        long begin = target.nanos();
        Optional<String> doubt = target.attempt(values);
        long nanos = target.nanos() - begin;
        if (alone && nanos < MOST_NANOS) {
            slowestNanos = Math.max(slowestNanos, nanos);
        }
        return doubt.isPresent() || nanos < MOST_NANOS ? doubt
                : Optional.of("took " + TimeUnit.NANOSECONDS.toMillis(nanos) + " ms");
    }

    private AssertionError narrowed(List<Shrinkable<T>> cases, Throwable failure) {
        if (cases.size() == 1) {
            return shrunk(cases.get(0), failure);
        }
        for (List<Shrinkable<T>> half : halves(cases)) {
            Throwable again = failureOf(values(half));
            if (again != null) {
                return narrowed(half, again);
            }
        }
        return new AssertionError(where() + "one of " + cases.size() + " cases, but none alone, fails: " + failure, failure);
    }

    private AssertionError shrunk(Shrinkable<T> failing, Throwable failure) {
        int left = MOST_SHRINKS;
        Iterator<Shrinkable<T>> smaller = failing.shrink().iterator();
        while (smaller.hasNext() && left-- > 0) {
            Shrinkable<T> candidate = smaller.next();
            Throwable again = failureOf(List.of(candidate.value()));
            if (again != null) {
                failing = candidate;
                failure = again;
                smaller = candidate.shrink().iterator();
            }
        }
        return failure(failing, failure.toString(), failure);
    }

    private Throwable failureOf(List<T> values) {
        try {
            attempt(values, false);
            return null;
        } catch (Exception | AssertionError | StackOverflowError e) {
            return e;
        }
    }

    private AssertionError failure(Shrinkable<T> failing, String fault, Throwable cause) {
        return new AssertionError(where() + fault + "\nfor " + failing.value(), cause);
    }

    private String where() {
        return name + " with -D" + SEED + '=' + seed + ": ";
    }

    private List<T> values(List<Shrinkable<T>> cases) {
        return cases.stream().map(Shrinkable::value).toList();
    }

    private static <E> List<List<E>> halves(List<E> all) {
        int middle = all.size() / 2;
        return List.of(all.subList(0, middle), all.subList(middle, all.size()));
    }
}
