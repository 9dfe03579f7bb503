package io.quarkiverse.imsession.it.load;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BooleanSupplier;

import io.quarkiverse.imsession.it.Client;
import io.quarkiverse.imsession.it.load.Jar.Superseded;

/**
 * A browser with several tabs, each of which sends one request after the other with the cookie that they share. No tab has a
 * request under way while another one logs in or out or renews the token: so every response has to be a good one.
 */
final class Visitor {

    private static final List<String> READS = List.of("/layers/rest/read", "/layers/vertx/read", "/layers/routes/read");
    private static final List<String> CHANGES = List.of("/layers/rest/uni", "/layers/rest/blocking", "/layers/rest/later",
            "/layers/vertx/text", "/layers/vertx/blocking", "/layers/routes/text", "/layers/servlet/text");
    private static final int REQUESTS_PER_CONNECTION = 200;

    private final URI base;
    private final String name;
    private final Tally tally;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final Queue<Abandoned> abandoned = new ConcurrentLinkedQueue<>();
    private volatile Jar jar;

    private record Abandoned(String token, long gone) {
    }

    Visitor(URI base, String name, Tally tally) {
        this.base = base;
        this.name = name;
        this.tally = tally;
    }

    /** A tab that is busy as long as {@code goesOn}. */
    Runnable tab(int seed, BooleanSupplier goesOn) {
        return () -> {
            try (Tab tab = new Tab(new Random(seed))) {
                while (goesOn.getAsBoolean()) {
                    tab.step();
                }
            } catch (IOException e) {
                tally.error("closing: " + e);
            }
        };
    }

    private final class Tab implements AutoCloseable {

        private final Random random;
        private final Connection connection = new Connection(base);

        Tab(Random random) {
            this.random = random;
        }

        void step() throws IOException {
            try {
                if (random.nextInt(REQUESTS_PER_CONNECTION) == 0) {
                    connection.close();
                    tally.count("connections closed between requests");
                }
                Jar seen = jar;
                if (seen == null || seen.isOver()) {
                    locked(lock.writeLock(), () -> replace(seen));
                } else if (random.nextInt(200) == 0) {
                    locked(lock.writeLock(), this::renew);
                } else {
                    locked(lock.readLock(), this::use);
                }
            } catch (IOException e) {
                tally.error("no response: " + e);
            }
        }

        private void replace(Jar seen) throws IOException {
            if (jar == seen) {
                if (seen != null && !seen.isLost()) {
                    end(seen);
                }
                jar = begin();
            }
        }

        private Jar begin() throws IOException {
            boolean logIn = random.nextBoolean();
            long sent = System.nanoTime();
            Answer answer = post(logIn ? "/api/login?user=" + name : "/races/set?field=user&value=" + name, null);
            if (!answer.hasToken()) {
                tally.error("a new session has no token: " + answer);
                return null;
            }
            tally.count(logIn ? "log-ins" : "sessions without a user");
            return new Jar(answer.token(), logIn, sent, random);
        }

        private void end(Jar ended) throws IOException {
            switch (ended.fate) {
                case LOG_OUT -> {
                    Answer answer = post(ended.loggedIn ? "/api/logout" : "/races/destroy", ended.token());
                    if (!"".equals(answer.token()) && !ended.mayBeGone()) {
                        tally.error("a log-out left the cookie: " + answer);
                    }
                    assertRefused(ended.token(), "after the log-out");
                    tally.count("log-outs");
                }
                case ABANDON -> {
                    abandoned.add(new Abandoned(ended.token(), System.nanoTime() + Lifetimes.GONE.toNanos()));
                    tally.count("abandoned sessions");
                }
                case OVERSTAY -> {
                    assertRefused(ended.token(), "after the absolute timeout");
                    tally.count("ended by the absolute timeout");
                }
            }
        }

        private void renew() throws IOException {
            Jar held = jar;
            if (held == null || held.mayBeGone()) {
                return;
            }
            String old = held.token();
            long sent = System.nanoTime();
            Answer answer = post("/races/renew", old);
            if (!answer.hasToken()) {
                lost(held, old, sent, "/races/renew");
                return;
            }
            held.replace(answer.token(), sent);
            assertRefused(old, "after an explicit renewal");
            tally.count("explicit renewals");
        }

        private void use() throws IOException {
            Jar held = jar;
            if (held == null) {
                return;
            }
            int dice = random.nextInt(1000);
            if (dice < 10) {
                visitAbandoned();
            } else if (dice < 60) {
                useSuperseded(held);
            } else if (held.onlyRead || held.mayBeGone() || dice < 500) {
                read(held, held.token());
            } else if (dice < 505) {
                exchange(held, "GET", "/layers/rest/stream");
            } else if (dice < 510 && held.loggedIn) {
                exchange(held, "GET", "/api/devices");
            } else if (dice < 512 && held.loggedIn) {
                exchange(held, "POST", "/api/devices/end-others");
            } else if (dice < 600) {
                exchange(held, "GET", READS.get(random.nextInt(READS.size())));
            } else if (dice < 700) {
                exchange(held, "POST", "/races/set?field=f" + random.nextInt(10) + "&value=" + dice);
            } else {
                exchange(held, "GET", CHANGES.get(random.nextInt(CHANGES.size())));
            }
        }

        private void read(Jar held, String token) throws IOException {
            long sent = System.nanoTime();
            Answer answer = post("/races/read", token);
            if (answer.exists()) {
                take(held, token, sent, answer);
            } else {
                lost(held, token, sent, "read");
            }
        }

        private void exchange(Jar held, String method, String path) throws IOException {
            String token = held.token();
            long sent = System.nanoTime();
            Answer answer = tally.expect(200, connection.call(method, path, token), path);
            if (answer.hasToken() && !Client.id(answer.token()).equals(Client.id(token))) {
                lost(held, token, sent, path);
            } else {
                take(held, token, sent, answer);
            }
        }

        /**
         * A response that was held up until another one had replaced its token is only counted. A browser would go back to the
         * old token, which is good for as long as its grace period.
         */
        private void take(Jar held, String token, long sent, Answer answer) {
            Superseded before = held.superseded();
            if (before != null && before.token().equals(answer.token())) {
                tally.count("late responses with an old token");
            } else if (held.take(token, sent, answer)) {
                tally.count("tokens replaced in time");
            }
        }

        private void lost(Jar held, String token, long sent, String path) {
            Superseded replaced = held.superseded();
            boolean late = replaced != null && replaced.token().equals(token)
                    && System.nanoTime() - replaced.replacedAfter() > Lifetimes.GRACE.toNanos();
            if (held.mayBeGone()) {
                if (held.fate != Jar.Fate.OVERSTAY) {
                    held.lose();
                    tally.count("sessions that a timeout has ended in use");
                }
            } else if (late) {
                tally.count("responses after the grace period");
            } else {
                tally.error(path + " has lost its session, used for "
                        + Duration.ofNanos(System.nanoTime() - sent).toMillis() + " ms");
            }
        }

        private void useSuperseded(Jar held) throws IOException {
            Superseded old = held.superseded();
            if (old == null || held.mayBeGone()) {
                read(held, held.token());
            } else if (isSince(old.replacedAfter(), Lifetimes.GRACE.dividedBy(2))) {
                if (old.successorUsed()) {
                    held.forgetSuperseded();
                    assertRefused(old.token(), "after its grace period");
                    tally.count("replays");
                }
            } else {
                Answer answer = post("/races/read", old.token());
                if (!answer.exists() && !isSince(old.replacedAfter(), Lifetimes.GRACE) && !held.mayBeGone()) {
                    tally.error("a token in its grace period was refused");
                }
                tally.count("requests in the grace period");
            }
        }

        private void visitAbandoned() throws IOException {
            Abandoned oldest = abandoned.peek();
            if (oldest != null && System.nanoTime() - oldest.gone > 0 && abandoned.remove(oldest)) {
                assertRefused(oldest.token, "after its timeout");
                tally.count("visits after the timeout");
            }
        }

        private void assertRefused(String token, String when) throws IOException {
            Answer answer = post("/races/read", token);
            if (answer.exists() || answer.token() != null) {
                tally.error("a token was taken " + when);
            }
        }

        private Answer post(String path, String token) throws IOException {
            return tally.expect(200, connection.post(path, token), path);
        }

        @Override
        public void close() throws IOException {
            connection.close();
        }
    }

    private static boolean isSince(long nanos, Duration duration) {
        return System.nanoTime() - nanos > duration.toNanos();
    }

    private static void locked(Lock lock, Step step) throws IOException {
        lock.lock();
        try {
            step.run();
        } finally {
            lock.unlock();
        }
    }

    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }
}
