package io.quarkiverse.imsession.runtime.histories;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.runtime.histories.History.Instance;
import io.quarkiverse.imsession.runtime.model.ModelRun;
import io.quarkiverse.imsession.spi.SessionToken;

/**
 * Parallel clients use the same sessions; what they asked and were answered is then to be explained by some order of their
 * calls. The seed decides what each client asks for; how the calls of different clients interleave it cannot decide.
 */
public abstract class HistoryContract {

    private static final String SEED = "imsession.histories.seed";
    private static final String OPERATIONS = "imsession.histories.operations";
    private static final int USUAL_OPERATIONS = 20_000;
    private static final int CLIENTS = 8;
    private static final int SESSIONS = 3;
    private static final int OPERATIONS_PER_ROUND = 320;
    /** One client asks one thing after another, so that what is found is the same in each run. */
    private static final long FAULTY_SEED = 4711;
    private static final int FAULTY_ROUNDS = 40;
    private static final int FAULTY_OPERATIONS = 40;

    /** Without these the run would prove little. */
    private static final Set<String> EXPECTED = Set.of("created", "loaded", "found none", "destroyed", "replaced",
            "Keep CURRENT",
            "Keep IN_GRACE", "Keep Superseded", "Keep Gone", "Keep Changed", "Rotate Changed", "Renew Changed",
            "Rotate REPLACED", "Rotate CURRENT", "Rotate IN_GRACE",
            "Renew REPLACED", "Renew Superseded");

    private final long seed = Long.getLong(SEED, ThreadLocalRandom.current().nextLong(1_000_000));
    private final int operations = Integer.getInteger(OPERATIONS, USUAL_OPERATIONS);

    /** Stores that share their sessions, for one client. */
    protected abstract List<Instance> instances();

    @Test
    @Tag("sized")
    protected void anOrderOfTheCallsExplainsAllAnswers() throws Exception {
        History history = new History();
        run(history, operations, () -> {
        });
        assertThat(history.tally()).as("what happened, with -D%s=%s", SEED, seed).doesNotContainKey("failed");
        if (operations >= USUAL_OPERATIONS) {
            assertThat(history.tally()).as("what happened, with -D%s=%s", SEED, seed)
                    .containsKeys(EXPECTED.toArray(String[]::new));
        }
    }

    /** @param disturb called now and then, by one of the clients */
    protected final void run(History history, int total, Runnable disturb) throws Exception {
        System.out.printf("%s with -D%s=%d -D%s=%d%n", getClass().getSimpleName(), SEED, seed, OPERATIONS, total);
        Random random = new Random(seed);
        List<HistoryClient> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(new HistoryClient(history, instances(), i, random.nextLong()));
        }
        SecureRandom secrets = ModelRun.seeded(seed);
        List<Instance> observer = instances();
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        int[] checked = new int[2];
        try {
            for (int done = 0; done < total; done += OPERATIONS_PER_ROUND) {
                List<ContendedSession> sessions = new ArrayList<>();
                for (int i = 0; i < SESSIONS; i++) {
                    sessions.add(new ContendedSession(SessionToken.generate(secrets)));
                }
                round(threads, clients, sessions, disturb);
                sessions.forEach(session -> history.load(observer.get(0), session.id()));
                history.sessions().drain((id, calls) -> {
                    checked[0]++;
                    checked[1] += calls.size();
                    check(id, SessionModel.NONE, calls);
                });
                history.data().drain((id, calls) -> check(id, DataModel.NONE, calls));
            }
        } finally {
            threads.shutdownNow();
        }
        System.out.printf("Explained %d calls to %d sessions: %s%n", checked[1], checked[0], new TreeMap<>(history.tally()));
    }

    private <S> void check(SessionId id, S initial, List<Call<S>> calls) {
        assertThat(Linearizability.violation(initial, calls)).as("Session %s, with -D%s=%s", id, SEED, seed).isEmpty();
    }

    @Test
    protected void plantedFaultsAreFoundByTheCallsAndByTheDataAlone() {
        for (FaultyStore.Fault fault : FaultyStore.Fault.values()) {
            Set<String> found = new HashSet<>();
            History history = new History();
            List<Instance> faulty = instances().stream()
                    .map(one -> new Instance(new FaultyStore(one.store(), fault), one.caller())).toList();
            HistoryClient client = new HistoryClient(history, faulty, 0, FAULTY_SEED);
            SecureRandom secrets = ModelRun.seeded(FAULTY_SEED);
            for (int i = 0; i < FAULTY_ROUNDS && found.size() < 2; i++) {
                ContendedSession session = new ContendedSession(SessionToken.generate(secrets));
                client.begin(session);
                client.run(List.of(session), FAULTY_OPERATIONS);
                history.load(faulty.get(0), session.id());
                history.sessions().drain((id, calls) -> Linearizability.violation(SessionModel.NONE, calls)
                        .ifPresent(violation -> found.add("calls")));
                history.data().drain((id, calls) -> Linearizability.violation(DataModel.NONE, calls)
                        .ifPresent(violation -> found.add("data")));
            }
            assertThat(found).as("what has shown that a store %s", fault)
                    .isEqualTo(fault == FaultyStore.Fault.NONE ? Set.of() : Set.of("calls", "data"));
        }
    }

    private static void round(ExecutorService threads, List<HistoryClient> clients, List<ContendedSession> sessions,
            Runnable disturb) throws Exception {
        CyclicBarrier together = new CyclicBarrier(clients.size());
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < clients.size(); i++) {
            HistoryClient client = clients.get(i);
            int number = i;
            running.add(threads.submit(() -> {
                if (number < sessions.size()) {
                    client.begin(sessions.get(number));
                }
                client.renewTogether(sessions.get(0), together);
                client.run(sessions, OPERATIONS_PER_ROUND / CLIENTS / 2);
                if (number == 0) {
                    disturb.run();
                }
                client.run(sessions, OPERATIONS_PER_ROUND / CLIENTS / 2);
                return null;
            }));
        }
        for (Future<?> client : running) {
            client.get();
        }
    }
}
