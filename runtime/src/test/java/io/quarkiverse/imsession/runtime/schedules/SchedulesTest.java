package io.quarkiverse.imsession.runtime.schedules;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.verifier.EpsilonVerifier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.runtime.store.NearCache;
import io.quarkiverse.imsession.spi.SessionStore;
import io.quarkiverse.imsession.spi.SessionUpdate;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.spi.UpdateResult;
import io.quarkiverse.imsession.test.ForwardingStore;

/** Explores how parallel requests and calls may interleave, schedule by schedule; runs in a process of its own. */
@Tag("schedules")
@Tag("further")
public class SchedulesTest {

    /** Many more scenarios than the planted fault needs: the first that shows it is the last. */
    private static final int ENOUGH = 100;

    @Test
    @Tag("sized")
    void callsOfTheStoreTakeEffectOneAfterTheOther() {
        Explorer.options(3, 2).check(StoreSchedules.class);
    }

    @Test
    @Tag("sized")
    void callsOfTheStoreTakeEffectOneAfterTheOtherAlsoWithLimits() {
        Explorer.options(3, 2).check(LimitedStoreSchedules.class);
    }

    @Test
    @Tag("sized")
    void parallelRequestsLoseNothingAndReviveNothing() {
        Explorer.options(3, 2).verifier(EpsilonVerifier.class).check(RequestSchedules.class);
    }

    @Test
    @Tag("sized")
    void parallelUpdatesTakeTurnsAndNobodyWaitsForEver() {
        Explorer.optionsAlsoForAnswers(3, 2).verifier(EpsilonVerifier.class).check(TurnSchedules.class);
    }

    @Test
    @Tag("sized")
    void parallelRequestsCountOnceEachAndNobodyWaitsForEver() {
        Explorer.optionsAlsoForAnswers(3, 1).verifier(EpsilonVerifier.class).check(IncrementSchedules.class);
    }

    @Test
    @Tag("sized")
    void nothingOldStaysNearHoweverLoadsAndChangesMeet() {
        Explorer.options(2, 2).iterations(20).invocationsPerIteration(200).verifier(EpsilonVerifier.class)
                .check(NearCacheSchedules.class);
    }

    @Test
    @Tag("full")
    void aLoadThatTakesItsTicketTooLateIsFound() {
        assertThatThrownBy(() -> Explorer.options(2, 2).iterations(ENOUGH).verifier(EpsilonVerifier.class)
                .minimizeFailedScenario(false).check(LateTicketSchedules.class))
                .isInstanceOf(LincheckAssertionError.class).hasMessageContaining("is near");
    }

    @Test
    void aTurnThatIsLostIsFound() {
        assertThatThrownBy(() -> Explorer.optionsAlsoForAnswers(2, 2).iterations(ENOUGH).verifier(EpsilonVerifier.class)
                .minimizeFailedScenario(false).check(LostTurnSchedules.class))
                .isInstanceOf(LincheckAssertionError.class).hasMessageContaining("updates had a turn");
    }

    @Test
    @Tag("full")
    void anIncrementThatIsLostIsFound() {
        assertThatThrownBy(() -> Explorer.optionsAlsoForAnswers(2, 2).iterations(ENOUGH).verifier(EpsilonVerifier.class)
                .minimizeFailedScenario(false).check(LostIncrementSchedules.class))
                .isInstanceOf(LincheckAssertionError.class).hasMessageContaining("have counted");
    }

    @Test
    @Tag("full")
    void aStoreThatReadsAndThenWritesIsFoundByItsAnswers() {
        assertThatThrownBy(
                () -> Explorer.options(2, 2).iterations(ENOUGH).minimizeFailedScenario(false).check(FaultyStoreSchedules.class))
                .isInstanceOf(LincheckAssertionError.class).hasMessageContaining("Invalid execution results");
    }

    @Test
    @Tag("full")
    void aStoreThatReadsAndThenWritesIsFoundByWhatRequestsLose() {
        assertThatThrownBy(() -> Explorer.options(2, 2).iterations(ENOUGH).verifier(EpsilonVerifier.class)
                .minimizeFailedScenario(false)
                .check(FaultyRequestSchedules.class))
                .isInstanceOf(LincheckAssertionError.class).hasMessageContaining("Validation function check has failed");
    }

    /** With a planted fault. */
    public static final class FaultyStoreSchedules extends StoreSchedules {
        public FaultyStoreSchedules() {
            super(new ReadThenWriteStore(CLOCK));
        }
    }

    /** With a planted fault. */
    public static final class FaultyRequestSchedules extends RequestSchedules {
        public FaultyRequestSchedules() {
            super(ReadThenWriteStore::new);
        }
    }

    /** With a planted fault. */
    public static final class LostTurnSchedules extends TurnSchedules {
        public LostTurnSchedules() {
            super(new LookThenGo());
        }
    }

    /** With a planted fault. */
    public static final class LostIncrementSchedules extends IncrementSchedules {
        public LostIncrementSchedules() {
            super(UnexpectingStore::new);
        }
    }

    /** With a planted fault: the ticket is taken when the session was read. */
    public static final class LateTicketSchedules extends NearCacheSchedules {
        @Override
        void load(NearCache cache, SessionId id, Supplier<StoredSession> store) {
            StoredSession loaded = store.get();
            cache.put(id, cache.ticket(id), loaded);
        }
    }

    /** A store that does not compare what an update expects. */
    private record UnexpectingStore(SessionStore delegate) implements ForwardingStore {

        @Override
        public CompletionStage<UpdateResult> update(SessionId id, SessionUpdate update) {
            return delegate.update(id, new SessionUpdate(update.basis(), update.presented(), update.changed(),
                    update.removed(), update.tokenChange(), update.expiry(), update.maxSize()));
        }
    }
}
