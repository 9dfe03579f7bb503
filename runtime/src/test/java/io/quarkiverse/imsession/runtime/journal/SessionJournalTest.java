package io.quarkiverse.imsession.runtime.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.api.Assertions.tuple;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.JournalEntry;
import io.quarkiverse.imsession.JournalEntry.Cause;
import io.quarkiverse.imsession.JournalEntry.Kind;
import io.quarkiverse.imsession.Reference;
import io.quarkiverse.imsession.SessionClient;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.spi.JournalStore;
import io.quarkiverse.imsession.spi.SessionToken;

class SessionJournalTest {

    private static final JournalStore.Limits LIMITS = new JournalStore.Limits(1000, Duration.ofDays(90));
    private static final SessionClient FIREFOX = new SessionClient(Optional.of("Firefox"), Optional.of("192.0.2.1"),
            Optional.of("Ada's laptop"));
    private static final SessionData ADAS = SessionData.of("user", "ada", "card", "4111");
    private static final Reference ADA = Reference.of("user", "ada");

    private final SlowStore store = new SlowStore();
    private final AtomicInteger lost = new AtomicInteger();
    private final SessionJournal journal = journal(Set.of("user"));

    @Test
    void entryTellsKindSessionCauseAndClientButNoDataNoLabelAndNoToken() {
        SessionId id = id();
        journal.created(id, ADAS, FIREFOX);
        assertThat(store.entries)
                .containsExactly(Map.of("kind", "logged_in", "session", id.value(), "cause", "request", "agent",
                        "Firefox", "address", "192.0.2.1"));
        store.answer();

        CompletionStage<List<JournalEntry>> read = journal.read(ADA, 10);
        assertThat(read.toCompletableFuture().join()).containsExactly(new JournalEntry(Instant.EPOCH, Kind.LOGGED_IN, id,
                Cause.REQUEST, Optional.of("192.0.2.1"), Optional.of("Firefox"), Optional.empty()));
    }

    @Test
    void entriesOfASessionInWhichSomebodyActsForItsUserNameBoth() {
        SessionId id = id();
        SessionData support = SessionData.of("user", "support");
        journal.changed(id, support, ADAS, true, Cause.REQUEST, FIREFOX, "support");
        journal.changed(id, ADAS, null, false, Cause.REQUEST, FIREFOX, "support");
        store.answer();
        store.answer();
        store.answer();
        assertThat(journal.read(ADA, 10).toCompletableFuture().join())
                .extracting(JournalEntry::kind, entry -> entry.actor().orElseThrow())
                .contains(tuple(Kind.ACTED_FOR, "support"), tuple(Kind.ENDED, "support"));
    }

    @Test
    void entriesOfALaterVersionAreLeftOut() {
        store.entries.add(Map.of("kind", "teleported", "session", id().value(), "cause", "request"));
        store.entries.add(Map.of("kind", "ended", "session", id().value(), "cause", "aliens"));
        store.entries.add(Map.of("kind", "ended", "session", "?", "cause", "limit"));
        store.entries.add(Map.of());
        assertThat(journal.read(ADA, 10).toCompletableFuture().join()).isEmpty();
    }

    @Test
    void readAndErasureWaitForWhatWasToldBefore() {
        journal.created(id(), ADAS, FIREFOX);
        journal.ended(id(), ADAS, new Party(Cause.REQUEST, FIREFOX, null));
        CompletableFuture<List<JournalEntry>> read = journal.read(ADA, 10).toCompletableFuture();
        CompletableFuture<Boolean> erased = journal.erase(ADA).toCompletableFuture();
        assertThat(store.entries).hasSize(1);
        store.answer();
        assertThat(read).isNotCompleted();
        store.answer();
        assertThat(read.join()).extracting(JournalEntry::kind).containsExactly(Kind.LOGGED_IN, Kind.ENDED);
        assertThat(erased.join()).isTrue();
        assertThat(store.entries).isEmpty();
    }

    @Test
    void storeThatFailsOrThrowsLosesTheEntryAndNothingElse() {
        journal.created(id(), ADAS, FIREFOX);
        store.pending.remove(0).completeExceptionally(new IllegalStateException("down"));
        assertThat(lost).hasValue(1);
        store.thrown = new IllegalStateException("down");
        journal.created(id(), ADAS, FIREFOX);
        assertThat(lost).hasValue(2);
        store.thrown = null;
        journal.created(id(), ADAS, FIREFOX);
        store.answer();
        assertThat(lost).hasValue(2);
        assertThat(journal.read(ADA, 10).toCompletableFuture()).isCompleted();
    }

    @Test
    void onlySoManyEntriesWaitForTheStore() {
        for (int i = 0; i < SessionJournal.MOST_WAITING + 5; i++) {
            journal.created(id(), ADAS, FIREFOX);
        }
        assertThat(lost).hasValue(5);
        while (!store.pending.isEmpty()) {
            store.answer();
        }
        assertThat(store.entries).hasSize(SessionJournal.MOST_WAITING);
        journal.created(id(), ADAS, FIREFOX);
        assertThat(store.entries).hasSize(SessionJournal.MOST_WAITING + 1);
        assertThat(lost).hasValue(5);
    }

    @Test
    void refusalsOfOneSessionDoNotFillTheJournal() {
        SessionId id = id();
        for (int i = 0; i < 1000; i++) {
            journal.refused(id, ADAS, Cause.REPLAY, () -> FIREFOX, null);
            journal.refused(id, ADAS, Cause.DEVICE, () -> FIREFOX, "support");
        }
        store.answer();
        store.answer();
        assertThat(journal.read(ADA, 10).toCompletableFuture().join())
                .extracting(JournalEntry::kind, JournalEntry::cause, entry -> entry.actor().orElse(""))
                .containsExactly(tuple(Kind.REFUSED, Cause.REPLAY, ""), tuple(Kind.REFUSED, Cause.DEVICE, "support"));
        assertThat(lost).hasValue(0);
    }

    @Test
    void refusalOfASessionWithoutAUserIsNotTold() {
        journal.refused(id(), SessionData.of("card", "4111"), Cause.DEVICE, () -> fail("There is no user"), null);
        assertThat(store.entries).isEmpty();
    }

    @Test
    void endOfASessionOfAReferenceIsToldToItsUserWhateverTheReference() {
        SessionId id = id();
        journal.ended(id, ADA, null, Party.of(Cause.LIMIT));
        journal.ended(id, Reference.of("tenant", 1), ADAS, Party.of(Cause.PROVIDER));
        store.answer();
        assertThat(store.entries).extracting(entry -> entry.get("cause")).containsExactly("limit", "provider");
        assertThat(lost).hasValue(0);
        journal.ended(id, Reference.of("tenant", 1), null, Party.of(Cause.LIMIT));
        journal.ended(id, null, Party.of(Cause.ABANDONED));
        assertThat(lost).hasValue(2);
    }

    @Test
    void eachFieldHasItsJournal() {
        SessionJournal both = journal(Set.of("user", "tenant"));
        both.created(id(), ADAS.with("tenant", 1), FIREFOX);
        assertThat(store.references).containsExactlyInAnyOrder(ADA, Reference.of("tenant", 1));
        assertThat(both.needsMoreThan(ADA)).isTrue();
        assertThat(journal.needsMoreThan(ADA)).isFalse();
        assertThat(journal.needsMoreThan(null)).isTrue();
    }

    @Test
    void journalThatIsOffTellsNothingAndCanBeErased() {
        SessionJournal off = journal(Set.of());
        off.created(id(), ADAS, FIREFOX);
        off.ended(id(), ADA, null, Party.of(Cause.LIMIT));
        off.ended(id(), null, Party.of(Cause.REQUEST));
        off.refused(id(), ADAS, Cause.REPLAY, () -> fail("There is no journal"), null);
        assertThat(off.isOn()).isFalse();
        assertThat(store.entries).isEmpty();
        assertThat(lost).hasValue(0);
        assertThat(off.erase(ADA).toCompletableFuture()).isCompletedWithValue(false);
        assertThat(SessionJournal.NONE.isOn()).isFalse();
        assertThat(SessionJournal.NONE.hasStore()).isFalse();
    }

    @Test
    void stopWaitsForTheStoreButNotForLong() {
        journal.created(id(), ADAS, FIREFOX);
        long begin = System.nanoTime();
        journal.stop(Duration.ofMillis(100));
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(Duration.ofMillis(100));
        store.answer();
        journal.stop(Duration.ofDays(1));
    }

    private SessionJournal journal(Set<String> fields) {
        return new SessionJournal(store, fields, LIMITS, lost::incrementAndGet);
    }

    private static SessionId id() {
        return SessionToken.generate(new SecureRandom()).id();
    }

    /** Keeps entries at once, and answers when it is told to. */
    private static final class SlowStore implements JournalStore {

        private final List<Map<String, String>> entries = new ArrayList<>();
        private final List<Reference> references = new ArrayList<>();
        private final List<CompletableFuture<@Nullable Void>> pending = new ArrayList<>();
        private @Nullable RuntimeException thrown;

        void answer() {
            pending.remove(0).complete(null);
        }

        @Override
        public CompletionStage<@Nullable Void> appendToJournal(Reference reference, Map<String, String> entry, Limits limits) {
            if (thrown != null) {
                throw thrown;
            }
            entries.add(entry);
            references.add(reference);
            CompletableFuture<@Nullable Void> answer = new CompletableFuture<>();
            pending.add(answer);
            return answer;
        }

        @Override
        public CompletionStage<List<StoredEntry>> readJournal(Reference reference, int most, Limits limits) {
            return CompletableFuture
                    .completedStage(entries.stream().map(entry -> new StoredEntry(Instant.EPOCH, entry)).toList());
        }

        @Override
        public CompletionStage<Boolean> eraseJournal(Reference reference) {
            boolean any = !entries.isEmpty();
            entries.clear();
            return CompletableFuture.completedStage(any);
        }
    }
}
