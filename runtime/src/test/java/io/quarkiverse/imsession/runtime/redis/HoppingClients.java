package io.quarkiverse.imsession.runtime.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.SessionConflictException;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.runtime.session.NearInstance;

/**
 * Clients that send each request to another instance of the application, and what must hold for what they read. Each client
 * has a session, which others use too, with cookies of their own. Every change of a session counts one further, so that what is
 * read tells how many changes it has.
 * <ul>
 * <li>A client reads what it has written, and nothing earlier than what it has read.
 * <li>A change or an end by somebody else is seen by each read that begins when it is older than the bound.
 * <li>No change is lost, and no session either.
 * </ul>
 */
final class HoppingClients {

    private static final int CLIENTS = 8;
    private static final int NONE = -1;
    private static final String FIELD = "count";

    private final List<NearInstance> instances;
    private final Duration bound;
    private final AtomicReferenceArray<UsedSession> current = new AtomicReferenceArray<>(CLIENTS);
    private final Queue<UsedSession> all = new ConcurrentLinkedQueue<>();
    private volatile boolean removing;
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicInteger refusals = new AtomicInteger();

    HoppingClients(List<NearInstance> instances, Duration bound) {
        this.instances = instances;
        this.bound = bound;
    }

    /**
     * @param operations of all clients
     * @param disturb called again and again meanwhile
     */
    void run(long seed, int operations, Disturbance disturb) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS + 1);
        try {
            List<Future<?>> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                Client client = new Client(i, new Random(seed + i));
                clients.add(threads.submit(() -> client.run(operations / CLIENTS)));
            }
            Future<?> disturbing = threads.submit(() -> {
                while (!Thread.currentThread().isInterrupted() && clients.stream().anyMatch(client -> !client.isDone())) {
                    disturb.once();
                }
                return null;
            });
            for (Future<?> client : clients) {
                client.get(9, TimeUnit.MINUTES);
            }
            awaitEnd(disturbing);
        } finally {
            threads.shutdownNow();
        }
        all.forEach(this::assertNothingIsLost);
        System.out.printf("%d operations on %d instances, %d sessions, %d hits, %d loads, %d failures, %d refusals%n",
                operations,
                instances.size(), all.size(), instances.stream().mapToInt(NearInstance::hits).sum(),
                instances.stream().mapToInt(NearInstance::loads).sum(), failures.get(), refusals.get());
    }

    private static void awaitEnd(Future<?> disturbing) throws InterruptedException {
        try {
            disturbing.get(1, TimeUnit.MINUTES);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("The disturbance has failed", e);
        }
    }

    int failures() {
        return failures.get();
    }

    /** Removes all sessions by a command to Redis. */
    void removeAll(Runnable flush) {
        removing = true;
        List<UsedSession> before = List.copyOf(all);
        before.forEach(session -> session.mayBeEnded = true);
        List<UsedSession> complete = before.stream().filter(session -> session.created).toList();
        flush.run();
        removing = false;
        complete.forEach(UsedSession::ended);
    }

    private void assertNothingIsLost(UsedSession session) {
        if (session.created && !session.mayBeEnded) {
            int count = count(instances.get(0).load(withoutVersion(session.token)));
            assertThat(count).as("changes of a session").isBetween(session.changes.get(),
                    session.changes.get() + session.unknown.get());
        }
    }

    private static String withoutVersion(String token) {
        return token.substring(0, token.lastIndexOf('.'));
    }

    private static int count(ImSession session) {
        return session.exists() ? session.data().get(FIELD, Integer.class).orElseThrow() : NONE;
    }

    /** What happens to Redis. */
    @FunctionalInterface
    interface Disturbance {

        /** Must leave everything as it should be. */
        void once() throws Exception;
    }

    /** A session, and what is known of it. */
    private static final class UsedSession {

        final AtomicInteger changes = new AtomicInteger();
        final AtomicInteger unknown = new AtomicInteger();
        volatile boolean created;
        volatile boolean mayBeEnded;
        volatile boolean mayBeRenewed;
        volatile String token;
        /** All that follow are guarded by this. */
        private final List<long[]> acknowledged = new ArrayList<>();
        private boolean hasEnded;
        private long endedAt;

        synchronized void acknowledged(int count) {
            int before = acknowledged.isEmpty() ? NONE : (int) acknowledged.get(acknowledged.size() - 1)[1];
            acknowledged.add(new long[] { System.nanoTime(), Math.max(before, count) });
        }

        synchronized void ended() {
            if (!hasEnded) {
                hasEnded = true;
                endedAt = System.nanoTime();
            }
        }

        synchronized boolean hadEnded(long time) {
            return hasEnded && endedAt - time <= 0;
        }

        /** The number of changes that were acknowledged before a time. */
        synchronized int countAt(long time) {
            for (int i = acknowledged.size() - 1; i >= 0; i--) {
                if (acknowledged.get(i)[0] - time <= 0) {
                    return (int) acknowledged.get(i)[1];
                }
            }
            return NONE;
        }
    }

    private final class Client {

        private final int number;
        private final Random random;
        private UsedSession own;
        private String cookie;
        private int seen;

        Client(int number, Random random) {
            this.number = number;
            this.random = random;
        }

        Void run(int operations) {
            for (int i = 0; i < operations; i++) {
                if (cookie == null) {
                    create();
                    continue;
                }
                int dice = random.nextInt(1000);
                if (dice < 700) {
                    read();
                } else if (dice < 850) {
                    change();
                } else if (dice < 900) {
                    changeOfAnother();
                } else if (dice < 980) {
                    readOfAnother();
                } else if (dice < 990) {
                    renew();
                } else if (dice < 993) {
                    destroy();
                } else if (dice < 995) {
                    destroyOfAnother();
                }
            }
            return null;
        }

        private NearInstance instance() {
            return instances.get(random.nextInt(instances.size()));
        }

        private void create() {
            UsedSession session = new UsedSession();
            all.add(session);
            // One that is made while all are removed may be among them.
            if (removing) {
                session.mayBeEnded = true;
            }
            attempt(() -> {
                String made = instance().request(null, one -> one.set(SessionData.of(FIELD, 0)));
                session.token = made;
                session.acknowledged(0);
                session.created = true;
                own = session;
                cookie = made;
                seen = 0;
                current.set(number, session);
            });
        }

        private void read() {
            attempt(() -> {
                long begin = System.nanoTime();
                int[] read = new int[1];
                String after = instance().request(cookie, session -> read[0] = count(session));
                judge(own, begin, read[0], true);
                after(read[0], after);
            });
        }

        /** The owner has the newest token: it never sees its session end without a reason, nor go back. */
        private void judge(UsedSession session, long begin, int read, boolean owner) {
            long bounded = begin - bound.toNanos();
            if (session.hadEnded(bounded)) {
                assertThat(read).as("a session that ended longer ago than the bound").isEqualTo(NONE);
            }
            if (read == NONE) {
                assertThat(session.mayBeEnded || !owner && session.mayBeRenewed).as("the session has ended").isTrue();
                return;
            }
            if (owner) {
                assertThat(read).as("changes that the client has made or read before").isGreaterThanOrEqualTo(seen);
            }
            assertThat(read).as("changes that are older than the bound").isGreaterThanOrEqualTo(session.countAt(bounded));
        }

        private void after(int read, String next) {
            seen = Math.max(seen, read);
            cookie = read == NONE ? null : next;
            if (cookie != null) {
                own.token = cookie;
            }
        }

        private void change() {
            int[] read = new int[] { NONE };
            try {
                long begin = System.nanoTime();
                String after = instance().request(cookie, session -> {
                    read[0] = count(session);
                    if (session.exists()) {
                        session.update(data -> {
                            int count = data.get(FIELD, Integer.class).orElseThrow();
                            read[0] = count + 1;
                            return data.with(FIELD, count + 1);
                        });
                    }
                });
                judge(own, begin, read[0], true);
                if (read[0] != NONE) {
                    own.changes.incrementAndGet();
                    own.acknowledged(read[0]);
                }
                after(read[0], after);
            } catch (CompletionException e) {
                failed(own, e);
            }
        }

        /** Of another client's session, by a cookie that tells no version, as that of a tab with a jar of its own. */
        private void changeOfAnother() {
            UsedSession session = another();
            if (session == null) {
                return;
            }
            int[] read = new int[] { NONE };
            try {
                instance().request(withoutVersion(session.token), one -> {
                    if (one.exists()) {
                        one.update(data -> {
                            read[0] = data.get(FIELD, Integer.class).orElseThrow() + 1;
                            return data.with(FIELD, read[0]);
                        });
                    }
                });
                if (read[0] != NONE) {
                    session.changes.incrementAndGet();
                    session.acknowledged(read[0]);
                }
            } catch (CompletionException e) {
                failed(session, e);
            }
        }

        private void readOfAnother() {
            UsedSession session = another();
            if (session != null) {
                attempt(() -> {
                    String token = withoutVersion(session.token);
                    long begin = System.nanoTime();
                    judge(session, begin, count(instance().load(token)), false);
                });
            }
        }

        private void renew() {
            own.mayBeRenewed = true;
            attempt(() -> {
                int[] read = new int[1];
                String after = instance().request(cookie, session -> {
                    read[0] = count(session);
                    if (session.exists()) {
                        session.renew();
                    }
                });
                after(read[0], after);
            }, () -> own.mayBeEnded = true);
        }

        private void destroy() {
            end(own, cookie);
            cookie = null;
        }

        private void destroyOfAnother() {
            UsedSession session = another();
            if (session != null) {
                end(session, withoutVersion(session.token));
            }
        }

        private void end(UsedSession session, String token) {
            session.mayBeEnded = true;
            attempt(() -> {
                boolean[] existed = new boolean[1];
                instance().request(token, one -> {
                    existed[0] = one.exists();
                    one.destroy();
                });
                if (existed[0]) {
                    session.ended();
                }
            });
        }

        private UsedSession another() {
            UsedSession session = current.get(random.nextInt(CLIENTS));
            return session == own ? null : session;
        }

        private void attempt(Runnable request) {
            attempt(request, () -> {
            });
        }

        private void attempt(Runnable request, Runnable afterFailure) {
            try {
                request.run();
            } catch (CompletionException e) {
                afterFailure.run();
                failed(null, e);
            }
        }

        /** @param changed a session that may have been changed; null for none */
        private void failed(UsedSession changed, CompletionException e) {
            if (e.getCause() instanceof SessionConflictException) {
                refusals.incrementAndGet();
            } else {
                failures.incrementAndGet();
                if (changed != null) {
                    changed.unknown.incrementAndGet();
                }
            }
        }
    }
}
