package io.quarkiverse.imsession.runtime.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.ImSessions;
import io.quarkiverse.imsession.JournalEntry;
import io.quarkiverse.imsession.Reference;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.SessionStoreException;
import io.quarkiverse.imsession.runtime.journal.SessionJournal;
import io.quarkiverse.imsession.runtime.session.GuardedStore;
import io.quarkiverse.imsession.runtime.session.SessionEvents;
import io.quarkiverse.imsession.runtime.session.SessionMetrics;
import io.quarkiverse.imsession.runtime.session.UpdateTurns;
import io.quarkiverse.imsession.runtime.store.MemorySessionStore;
import io.quarkiverse.imsession.runtime.store.SessionLimits;
import io.quarkiverse.imsession.spi.Expiry;
import io.quarkiverse.imsession.spi.IndexedSessionStore;
import io.quarkiverse.imsession.spi.JournalStore;
import io.quarkiverse.imsession.spi.NewSession;
import io.quarkiverse.imsession.spi.SessionStore;
import io.quarkiverse.imsession.spi.SessionToken;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.test.ForwardingStore;
import io.quarkiverse.imsession.test.UnsupportedStore;

/** What the journal tells of {@link ImSessions}. */
class JournaledAdministrationTest {

    private static final Set<String> REFERENCES = Set.of("user", "tenant");
    private static final Expiry HOUR = new Expiry(Duration.ofHours(1), null, null);

    private final SecureRandom random = new SecureRandom();
    private final MemorySessionStore store = new MemorySessionStore(10_000, SessionLimits.NONE);
    private final AtomicInteger lost = new AtomicInteger();
    private final ImSessions sessions = sessions(store, Set.of("user"));

    @Test
    void endOfASessionByItsIdIsToldToItsUser() {
        SessionId id = create("ada", 1);
        sessions.destroy(id);
        sessions.destroy(id);
        assertThat(told("ada")).containsExactly("ENDED ADMINISTRATION " + id);
    }

    @Test
    void endOfAllSessionsOfAUserIsToldToThatUser() {
        SessionId one = create("ada", 1);
        SessionId two = create("ada", 2);
        SessionId kept = create("ada", 3);
        create("eve", 1);
        sessions.destroyOthers("user", "ada", kept);
        assertThat(told("ada")).containsExactlyInAnyOrder("ENDED ADMINISTRATION " + one, "ENDED ADMINISTRATION " + two);
        sessions.destroyAll("user", "ada");
        assertThat(told("ada")).hasSize(3);
        assertThat(told("eve")).isEmpty();
    }

    @Test
    void endByAnotherFieldIsToldToEachUser() {
        SessionId adas = create("ada", 1);
        SessionId eves = create("eve", 1);
        create("ada", 2);
        create(SessionData.of("tenant", 1));
        assertThat(sessions.destroyAll("tenant", 1)).isEqualTo(3);
        assertThat(told("ada")).containsExactly("ENDED ADMINISTRATION " + adas);
        assertThat(told("eve")).containsExactly("ENDED ADMINISTRATION " + eves);
        assertThat(lost).hasValue(0);
    }

    @Test
    void endOfEverySessionIsToldToEachUser() {
        SessionId adas = create("ada", 1);
        SessionId eves = create("eve", 1);
        create(SessionData.of("cart", 1));
        assertThat(sessions.destroyEverySession()).isEqualTo(3);
        assertThat(told("ada")).containsExactly("ENDED ADMINISTRATION " + adas);
        assertThat(told("eve")).containsExactly("ENDED ADMINISTRATION " + eves);
    }

    @Test
    void updateThatGivesASessionToAnotherUserIsToldToBoth() {
        SessionId id = create("ada", 1);
        sessions.update(id, SessionData.of("user", "eve"));
        sessions.update(id, data -> data.with("cart", 1));
        sessions.update(id, data -> data.with("user", "bob"));
        sessions.unset(id, "user");
        assertThat(told("ada")).containsExactly("ENDED ADMINISTRATION " + id);
        assertThat(told("eve")).containsExactly("ENDED ADMINISTRATION " + id, "LOGGED_IN ADMINISTRATION " + id);
        assertThat(told("bob")).containsExactly("ENDED ADMINISTRATION " + id, "LOGGED_IN ADMINISTRATION " + id);
    }

    @Test
    void sessionsEndEvenIfNobodyKnowsWhoseTheyWere() {
        SessionId id = create("ada", 1);
        create("ada", 2);
        ImSessions unread = sessions(new UnreadableStore(store), Set.of("user"));
        assertThat(unread.destroy(id)).isTrue();
        assertThat(unread.destroyAll("tenant", 2)).isEqualTo(1);
        assertThat(told("ada")).isEmpty();
        assertThat(lost).hasValue(2);
    }

    @Test
    void erasureEndsNoSessionAndEndsOfSessionsEraseNothing() {
        SessionId id = create("ada", 1);
        sessions.destroy(create("ada", 1));
        sessions.destroyAll("user", "eve");
        assertThat(told("ada")).hasSize(1);
        assertThat(sessions.eraseJournal("user", "ada")).isTrue();
        assertThat(told("ada")).isEmpty();
        assertThat(sessions.get(id)).isPresent();
        assertThat(sessions.eraseJournal("user", "ada")).isFalse();
    }

    @Test
    void wrongQuestionsNameTheMend() {
        assertThatIllegalArgumentException().isThrownBy(() -> sessions.journal("tenant", 1))
                .withMessageContaining("quarkus.imsession.journal.fields");
        assertThatIllegalArgumentException().isThrownBy(() -> sessions.journal("user", "ada", 0)).withMessageContaining("one");
        assertThatIllegalArgumentException().isThrownBy(() -> sessions.journal("user", ""));
        ImSessions off = sessions(store, Set.of());
        assertThatIllegalStateException().isThrownBy(() -> off.journal("user", "ada"))
                .withMessageContaining("quarkus.imsession.journal.enabled=true");
        assertThat(off.eraseJournal("user", "ada")).isFalse();
        ImSessions none = sessions(new UnsupportedStore() {
        }, Set.of("user"));
        assertThatIllegalStateException().isThrownBy(() -> none.eraseJournal("user", "ada"))
                .withMessageContaining("JournalStore");
    }

    private List<String> told(String user) {
        return sessions.journal("user", user).stream()
                .map((JournalEntry entry) -> entry.kind() + " " + entry.cause() + " " + entry.sessionId()).toList();
    }

    private SessionId create(String user, int tenant) {
        return create(SessionData.of("user", user, "tenant", tenant));
    }

    private SessionId create(SessionData data) {
        SessionToken token = SessionToken.generate(random);
        store.create(token.id(), new NewSession(token.hash(), data, HOUR)).toCompletableFuture().join();
        return token.id();
    }

    private ImSessions sessions(SessionStore kept, Set<String> fields) {
        GuardedStore guarded = new GuardedStore(kept, SessionMetrics.NONE);
        SessionJournal journal = new SessionJournal(guarded.journals(), fields,
                new JournalStore.Limits(100, Duration.ofDays(1)), lost::incrementAndGet);
        return new BlockingSessions(new SessionAdministration(guarded, new UpdateTurns(),
                SessionAdministrationContract.policy(REFERENCES),
                new SessionEvents(SessionMetrics.NONE, List.of(), event -> {
                }, journal), REFERENCES));
    }

    /** Reads no session. */
    private record UnreadableStore(MemorySessionStore delegate) implements ForwardingStore, IndexedSessionStore, JournalStore {

        @Override
        public CompletionStage<@Nullable StoredSession> load(SessionId id) {
            return CompletableFuture.failedStage(new SessionStoreException("down"));
        }

        @Override
        public CompletionStage<Page> find(Reference reference, @Nullable String after, int limit,
                @Nullable Set<String> fields) {
            throw new SessionStoreException("down");
        }

        @Override
        public CompletionStage<Page> findAll(@Nullable String after, int limit) {
            throw new SessionStoreException("down");
        }

        @Override
        public CompletionStage<Long> destroyAll(Reference reference, @Nullable SessionId kept, Consumer<SessionId> ended) {
            return delegate.destroyAll(reference, kept, ended);
        }

        @Override
        public CompletionStage<Long> destroyEverySession(Consumer<SessionId> ended) {
            return delegate.destroyEverySession(ended);
        }

        @Override
        public CompletionStage<@Nullable Void> appendToJournal(Reference reference, Map<String, String> entry, Limits limits) {
            return delegate.appendToJournal(reference, entry, limits);
        }

        @Override
        public CompletionStage<List<StoredEntry>> readJournal(Reference reference, int most, Limits limits) {
            return delegate.readJournal(reference, most, limits);
        }

        @Override
        public CompletionStage<Boolean> eraseJournal(Reference reference) {
            return delegate.eraseJournal(reference);
        }
    }
}
