package io.quarkiverse.imsession.runtime.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.SessionConflictException;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.spi.Expected;
import io.quarkiverse.imsession.spi.SessionToken;

class UpdateTurnsTest {

    private static final Expected COUNT = new Expected(Set.of("count"), false);
    private static final Expected CART = new Expected(Set.of("cart"), false);

    private final UpdateTurns turns = new UpdateTurns();
    private final SessionId id = SessionToken.generate(new SecureRandom()).id();

    @Test
    void turnsComeOneAfterAnother() {
        CompletableFuture<UpdateTurns.Turn> first = take();
        CompletableFuture<UpdateTurns.Turn> second = take();
        assertThat(first).isDone();
        assertThat(second).isNotDone();
        assertThat(turns.areFor(id, COUNT)).isTrue();
        first.join().end(null);
        assertThat(second).isDone();
        second.join().end(null);
        assertThat(turns.areFor(id, COUNT)).isFalse();
    }

    @Test
    void updatesWaitOnlyForThoseThatDependOnTheSameFields() {
        CompletableFuture<UpdateTurns.Turn> first = take();
        assertThat(turns.areFor(id, COUNT)).isTrue();
        assertThat(turns.areFor(id, Expected.EVERYTHING)).isTrue();
        assertThat(turns.areFor(id, CART)).isFalse();
        assertThat(turns.areFor(id, Expected.NOTHING)).isFalse();

        CompletableFuture<UpdateTurns.Turn> second = turns.take(id, CART).toCompletableFuture();
        assertThat(turns.areFor(id, CART)).isTrue();
        assertThat(turns.areFor(id, new Expected(Set.of("other"), false))).isFalse();

        first.join().end(null);
        second.join().end(null);
        assertThat(turns.areFor(id, COUNT)).isFalse();
    }

    @Test
    void allThatWaitBeginAtOnceWhenTheStoreFails() {
        CompletableFuture<UpdateTurns.Turn> first = take();
        CompletableFuture<UpdateTurns.Turn> second = take();
        CompletableFuture<UpdateTurns.Turn> third = take();
        first.join().giveUp();
        assertThat(second).isCompletedWithValue(null);
        assertThat(third).isCompletedWithValue(null);
        assertThat(turns.areFor(id, COUNT)).isFalse();

        CompletableFuture<UpdateTurns.Turn> later = take();
        CompletableFuture<UpdateTurns.Turn> last = take();
        assertThat(last).isNotDone();
        later.join().end(null);
        assertThat(last).isDone();
    }

    @Test
    void turnThatDoesNotComeForLongIsAConflictAndHoldsNobodyUp() {
        UpdateTurns impatient = new UpdateTurns(millis -> Runnable::run, Duration.ofMillis(1));
        CompletableFuture<UpdateTurns.Turn> first = impatient.take(id, COUNT).toCompletableFuture();
        CompletableFuture<UpdateTurns.Turn> late = impatient.take(id, COUNT).toCompletableFuture();

        assertThat(late).failsWithin(Duration.ofSeconds(10)).withThrowableThat()
                .withCauseInstanceOf(SessionConflictException.class);
        assertThat(first).isCompleted();
        first.join().end(null);
        assertThat(impatient.areFor(id, COUNT)).isFalse();
    }

    private CompletableFuture<UpdateTurns.Turn> take() {
        return turns.take(id, COUNT).toCompletableFuture();
    }
}
