package io.quarkiverse.imsession.runtime.schedules;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.verifier.EpsilonVerifier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Explores how parallel requests and calls may interleave, schedule by schedule; runs in a process of its own. */
@Tag("schedules")
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
}
