package io.quarkiverse.imsession.runtime.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import org.awaitility.Awaitility;

import io.quarkiverse.imsession.Reference;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.runtime.model.ModelRun.Instance;
import io.quarkiverse.imsession.spi.Expiry;
import io.quarkiverse.imsession.spi.IndexedSessionStore.Found;
import io.quarkiverse.imsession.spi.NewSession;
import io.quarkiverse.imsession.spi.SessionStore;
import io.quarkiverse.imsession.spi.SessionToken;
import io.quarkiverse.imsession.spi.StoredSession;

/** Compares all that is stored with the model while no operation is under way. */
public final class QuietPoint {

    private static final int SHARED = 12;

    private final ModelRun run;
    private final Random random;
    private final SecureRandom secrets;
    private final Inspection inspection;

    /** Looks at what the store keeps, behind its back. */
    @FunctionalInterface
    public interface Inspection {

        /**
         * @param living the sessions that may be there
         * @param mayBeEntered who may have an entry although it has not that value
         */
        void inspect(Map<SessionId, StoredSession> living, Predicate<SessionId> mayBeEntered);
    }

    QuietPoint(ModelRun run, long seed, Inspection inspection) {
        this.run = run;
        this.random = new Random(seed * 31 + ModelRun.CLIENTS);
        this.secrets = ModelRun.seeded(random.nextLong());
        this.inspection = inspection;
    }

    void check() {
        Awaitility.await().pollInterval(ModelRun.Ageing.MOMENT)
                .until(() -> run.owned().values().stream().noneMatch(session -> session.isAgeing(run.millis())));
        Map<SessionId, StoredSession> living = new HashMap<>();
        checkOwned(living);
        checkShared(living);
        checkDead();
        for (Reference reference : Values.all()) {
            checkFound(reference, living);
        }
        inspection.inspect(living, run::mayBeEntered);
    }

    /** Ends shared sessions are replaced by new ones. */
    void renewShared(Lifetimes lifetimes) {
        while (run.shared().size() < SHARED) {
            SessionToken token = SessionToken.generate(secrets);
            SharedSession session = new SharedSession(token, lifetimes.areShort());
            SessionData data = SessionData.of("user_id", Values.random("user_id", random));
            await(run.instance(random).store().create(token.id(),
                    new NewSession(token.hash(), data, new Expiry(lifetimes.timeout(), null, null))));
            run.shared().add(session);
            run.mayLeaveEntries(token.id());
        }
    }

    private void checkOwned(Map<SessionId, StoredSession> living) {
        for (OwnedSession session : List.copyOf(run.owned().values())) {
            long from = run.millis();
            StoredSession stored = await(anyStore().load(session.id()));
            if (stored != null) {
                assertThat(session.goneAt() + ModelRun.CLOCK_MILLIS).as("end of %s, which is alive", session)
                        .isGreaterThan(from);
                assertThat(session.mustHaveEnded(run.endings())).as("whether all of a value were ended, but %s lives", session)
                        .isFalse();
                session.check(stored);
                living.put(session.id(), stored);
            } else if (session.goneAt() - ModelRun.CLOCK_MILLIS <= run.millis()) {
                run.expired(session.id(), run.endings().tick());
                run.count("expired");
            } else {
                assertThat(session.mayHaveEnded(run.endings())).as("whether anybody has ended %s, which is gone", session)
                        .isTrue();
                run.died(session.id(), run.endings().tick());
                run.count("ended by others");
            }
        }
    }

    private void checkShared(Map<SessionId, StoredSession> living) {
        for (SharedSession session : run.shared()) {
            StoredSession stored = await(anyStore().load(session.id()));
            if (stored == null) {
                session.gone(run.endings().tick());
                run.shared().remove(session);
                run.died(session.id(), run.endings().tick());
            } else {
                session.check(stored);
                living.put(session.id(), stored);
            }
        }
    }

    private void checkDead() {
        List<SessionId> dead = new ArrayList<>(run.dead().keySet());
        for (int i = 0; i < Math.min(200, dead.size()); i++) {
            SessionId id = Values.random(dead, random);
            assertThat(await(anyStore().load(id))).as("ended session %s", id).isNull();
        }
    }

    private void checkFound(Reference reference, Map<SessionId, StoredSession> living) {
        Instance instance = run.instance(random);
        int limit = 1 + random.nextInt(50);
        Set<SessionId> may = having(reference, living, run.millis() - ModelRun.CLOCK_MILLIS);
        List<SessionId> found = await(Finding.all(instance.store(), reference, null, limit, new ArrayList<>())).stream()
                .map(Found::id).toList();
        long count = await(instance.sessions().count(reference.field(), reference.value()).subscribeAsCompletionStage());
        Set<SessionId> must = having(reference, living, run.millis() + ModelRun.CLOCK_MILLIS);

        assertThat(may).as("sessions of %s", reference).containsAll(found);
        assertThat(found).as("sessions found by %s", reference).doesNotHaveDuplicates().containsAll(must);
        assertThat(count).as("number of sessions of %s", reference).isBetween((long) must.size(), (long) may.size());
    }

    /** The sessions that have a value and are still there at a time. */
    private static Set<SessionId> having(Reference reference, Map<SessionId, StoredSession> living, long millis) {
        Set<SessionId> having = new HashSet<>();
        living.forEach((id, stored) -> {
            if (end(stored).isAfter(Instant.ofEpochMilli(millis))
                    && reference.equals(Values.of(stored.data()).get(reference.field()))) {
                having.add(id);
            }
        });
        return having;
    }

    static Instant end(StoredSession stored) {
        return stored.expiresAt().plus(SessionStore.EXPIRY_SLACK);
    }

    private SessionStore anyStore() {
        return run.instance(random).store();
    }

    static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(Duration.ofSeconds(30).toSeconds(), TimeUnit.SECONDS).join();
    }
}
