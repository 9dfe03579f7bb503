package io.quarkiverse.imsession.runtime.histories;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.runtime.config.ImSessionConfig.OnStoreFailure;
import io.quarkiverse.imsession.runtime.config.ImSessionConfig.Renewal;
import io.quarkiverse.imsession.runtime.device.DeviceBinding;
import io.quarkiverse.imsession.runtime.device.DeviceOffer;
import io.quarkiverse.imsession.runtime.device.InvalidProofException;
import io.quarkiverse.imsession.runtime.device.Proof;
import io.quarkiverse.imsession.runtime.session.Attributes;
import io.quarkiverse.imsession.runtime.session.DeviceBindings;
import io.quarkiverse.imsession.runtime.session.DeviceBindings.Reply;
import io.quarkiverse.imsession.runtime.session.GuardedStore;
import io.quarkiverse.imsession.runtime.session.ProofVerifier;
import io.quarkiverse.imsession.runtime.session.SessionEvents;
import io.quarkiverse.imsession.runtime.session.SessionMetrics;
import io.quarkiverse.imsession.runtime.session.SessionPolicy;
import io.quarkiverse.imsession.runtime.session.TokenCodec;
import io.quarkiverse.imsession.spi.Expiry;
import io.quarkiverse.imsession.spi.NewSession;
import io.quarkiverse.imsession.spi.SessionStore;
import io.quarkiverse.imsession.spi.SessionToken;
import io.quarkiverse.imsession.test.device.SoftwareKey;

/**
 * Tabs that nothing coordinates bind one session and ask for bound cookies: an order of their calls explains what they were
 * answered, in which each challenge is good once, and none after another one was used.
 */
abstract class DeviceHistoryContract {

    /** Without a token. */
    private static final DeviceBindings.Sender NOBODY = new DeviceBindings.Sender(null, Map::of);
    private static final int TABS = 4;
    private static final int ROUNDS = 12;
    private static final int SESSIONS = 5;
    private static final Expiry LONG = new Expiry(Duration.ofHours(1), null, null);

    private final AtomicLong clock = new AtomicLong();
    private final TokenCodec tokens = new TokenCodec(List.of());
    private final SoftwareKey key = SoftwareKey.p256();

    abstract SessionStore store();

    private DeviceBindings devices() {
        SessionPolicy policy = new SessionPolicy(Duration.ofHours(1), null, Renewal.ROTATE, null, 0.33, Duration.ofSeconds(10),
                false, null, 100_000, false, OnStoreFailure.FAIL, Set.of(), true);
        return new DeviceBindings(new GuardedStore(store(), SessionMetrics.NONE), tokens, policy, SessionEvents.NONE,
                new ProofVerifier(SessionMetrics.NONE), Duration.ofMinutes(10), Duration.ZERO);
    }

    /** @param used how many challenges were used; @param made the number of used ones when each challenge was made */
    private record State(int used, Map<String, Integer> made) {

        State with(String challenge) {
            Map<String, Integer> more = new HashMap<>(made);
            more.put(challenge, used);
            return new State(used, more);
        }

        boolean isGood(String challenge) {
            return made.getOrDefault(challenge, -1) == used;
        }
    }

    @Test
    void anOrderOfTheCallsExplainsWhichProofsGaveACookie() throws Exception {
        DeviceBindings devices = devices();
        for (int i = 0; i < SESSIONS; i++) {
            SessionId id = make(Map.of(Attributes.DEVICE, DeviceBinding.of(new byte[32], key(key)).kept()));
            Queue<Call<State>> calls = new ConcurrentLinkedQueue<>();
            Queue<String> challenges = new ConcurrentLinkedQueue<>();
            together(tab -> {
                Random random = new Random(tab);
                for (int round = 0; round < ROUNDS; round++) {
                    String known = random.nextBoolean() ? challenges.peek() : challenges.poll();
                    ask(devices, id, known, calls, challenges);
                }
            });
            assertThat(Linearizability.violation(new State(0, Map.of()), new ArrayList<>(calls))).isEmpty();
            assertThat(calls).filteredOn(call -> call.name().startsWith("bound")).as("the run would prove little").isNotEmpty();
        }
    }

    private void ask(DeviceBindings devices, SessionId id, @Nullable String challenge, Queue<Call<State>> calls,
            Queue<String> challenges) {
        String proof = challenge == null ? null : key.refresh(challenge);
        long invoked = clock.incrementAndGet();
        Reply reply = devices.refresh(id, proof, NOBODY, audience -> false).toCompletableFuture().join();
        long returned = clock.incrementAndGet();
        if (reply instanceof Reply.Challenged challenged) {
            challenges.add(challenged.challenge());
            calls.add(new Call<>("challenged for " + challenge, invoked, returned,
                    state -> challenge != null && state.isGood(challenge) ? null : state.with(challenged.challenge())));
        } else {
            assertThat(reply).isInstanceOf(Reply.Bound.class);
            calls.add(new Call<>("bound for " + challenge, invoked, returned,
                    state -> state.isGood(challenge) ? new State(state.used + 1, state.made) : null));
        }
    }

    @Test
    void ofManyRegistrationsByOneOfferOneSucceeds() throws Exception {
        DeviceBindings devices = devices();
        for (int i = 0; i < SESSIONS; i++) {
            DeviceOffer offer = DeviceOffer
                    .of(new byte[] { (byte) i, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18,
                            19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31 });
            SessionId id = make(Map.of(Attributes.DEVICE, offer.kept(null)));
            Queue<Reply> replies = new ConcurrentLinkedQueue<>();
            together(tab -> replies.add(devices.register(
                    SoftwareKey.p256().registration(offer.challenge(), offer.authorization(id)), NOBODY, audience -> false)
                    .toCompletableFuture().join()));
            assertThat(replies).hasSize(TABS).filteredOn(Reply.Bound.class::isInstance).hasSize(1);
        }
    }

    private static String key(SoftwareKey software) {
        try {
            return Proof.parse(software.registration("c", null))
                    .checkRegistration(challenge -> true, null, audience -> true).verify().text();
        } catch (InvalidProofException e) {
            throw new AssertionError(e);
        }
    }

    private SessionId make(Map<String, String> attributes) {
        SessionToken token = SessionToken.generate(new SecureRandom());
        store().create(token.id(), new NewSession(token.hash(), SessionData.of("a", 1), attributes, LONG)).toCompletableFuture()
                .join();
        return token.id();
    }

    private interface Tab {

        void run(int number) throws Exception;
    }

    private static void together(Tab tab) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(TABS);
        CyclicBarrier begin = new CyclicBarrier(TABS);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < TABS; i++) {
                int number = i;
                running.add(threads.submit(() -> {
                    begin.await();
                    tab.run(number);
                    return null;
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
