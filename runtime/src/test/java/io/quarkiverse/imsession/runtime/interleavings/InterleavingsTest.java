package io.quarkiverse.imsession.runtime.interleavings;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.runtime.store.MemoryAccess;
import io.quarkiverse.imsession.spi.Expected;
import io.quarkiverse.imsession.spi.SessionStore;
import io.quarkiverse.imsession.spi.SessionUpdate;
import io.quarkiverse.imsession.spi.UpdateResult;
import io.quarkiverse.imsession.test.ForwardingStore;
import io.quarkiverse.imsession.test.hostile.HostileRun;
import io.quarkiverse.imsession.test.hostile.HostileTarget;

/** Whatever requests do to one session at the same time, they could have done one after another. */
class InterleavingsTest {

    @Test
    @Tag("sized")
    void anyInterleavingOfAnyFunctionsEqualsSomeSerialOrder() {
        run(InterleavingsTest::memory);
    }

    @Test
    void aStoreThatComparesNothingIsFound() {
        assertFound(expected -> Expected.NOTHING);
    }

    @Test
    void aStoreThatComparesAllFieldsButOneIsFound() {
        assertFound(expected -> new Expected(
                expected.fields().stream().sorted().skip(expected.fields().size() > 1 ? 1 : 0).collect(Collectors.toSet()),
                expected.all()));
    }

    @Test
    void aStoreThatComparesNamedFieldsOnlyIsFound() {
        assertFound(expected -> new Expected(expected.fields(), false));
    }

    private static void assertFound(UnaryOperator<Expected> fault) {
        assertThatThrownBy(() -> run(() -> new Faulty(memory(), fault)))
                .isInstanceOf(AssertionError.class).hasMessageContaining("with -Dimsession.hostile.seed")
                .hasMessageContaining("Whether one order of");
    }

    private static void run(Supplier<SessionStore> stores) {
        HostileRun.run("interleavings", 40, 1, Interleaving.any(), new HostileTarget<>() {
            @Override
            public Optional<String> attempt(List<Interleaving> cases) {
                cases.forEach(one -> InterleavedRun.check(one, stores.get()));
                return Optional.empty();
            }

            /** What happens counts here, and not how long it takes. */
            @Override
            public long nanos() {
                return 0;
            }
        });
    }

    private static SessionStore memory() {
        return MemoryAccess.store(10, Clock.systemUTC());
    }

    /** With a planted fault in what it compares. */
    private record Faulty(SessionStore delegate, UnaryOperator<Expected> fault) implements ForwardingStore {

        @Override
        public CompletionStage<UpdateResult> update(SessionId id, SessionUpdate update) {
            return delegate.update(id, new SessionUpdate(update.basis(), update.presented(), update.changed(),
                    update.removed(), update.tokenChange(), update.expiry(), update.maxSize(), fault.apply(update.expected())));
        }
    }
}
