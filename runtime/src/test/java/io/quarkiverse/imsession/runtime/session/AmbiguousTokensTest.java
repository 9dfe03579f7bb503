package io.quarkiverse.imsession.runtime.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionEvent;
import io.quarkiverse.imsession.SessionEvent.Rejected;
import io.quarkiverse.imsession.SessionEvent.Rejected.Reason;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.SessionStoreException;
import io.quarkiverse.imsession.runtime.admin.SessionAdministrationContract;
import io.quarkiverse.imsession.spi.SessionToken;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.spi.TokenState;
import io.quarkiverse.imsession.test.UnsupportedStore;

/** Which session a request has that comes with several tokens. */
class AmbiguousTokensTest {

    private static final SessionPolicy POLICY = SessionAdministrationContract.policy(Set.of());
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final TokenCodec tokens = new TokenCodec(List.of());
    private final Store store = new Store();
    private final SessionToken visitor = tokens.generate();
    private final SessionToken successor = tokens.renew(visitor);
    private final SessionToken attacker = tokens.generate();
    private final SessionToken unknown = tokens.generate();
    private final List<SessionEvent> events = new ArrayList<>();

    @Test
    void onlyValidOneIsTheSessionWhateverTheOthersAre() {
        store.put(visitor, TokenState.only(visitor.hash()));
        assertThat(load(unknown, visitor)).isEqualTo(visitor.id());
        assertThat(load(visitor, tokens.renew(visitor), unknown)).isEqualTo(visitor.id());
        store.put(attacker, TokenState.only(tokens.renew(attacker).hash()));
        assertThat(load(attacker, visitor)).isEqualTo(visitor.id());
    }

    @Test
    void noneOfSeveralValidSessionsIs() {
        store.put(visitor, TokenState.only(visitor.hash()));
        store.put(attacker, TokenState.only(attacker.hash()));
        assertThat(load(visitor, attacker)).isNull();
        assertThat(load(unknown, attacker, visitor)).isNull();
    }

    /** A browser has both if the cookie got another path or domain in between. */
    @Test
    void twoTokensOfOneSessionAreThatSession() {
        store.put(visitor, TokenState.only(visitor.hash()).rotated(visitor.hash(), successor.hash(), NOW.plusSeconds(10)));
        assertThat(load(visitor, successor)).isEqualTo(visitor.id());
        assertThat(load(successor, visitor)).isEqualTo(visitor.id());
        assertThat(load(visitor, unknown)).isEqualTo(visitor.id());
    }

    @Test
    void ifNoneIsValidTheReasonIsThatOfOneOfThem() {
        assertThat(rejection(unknown, tokens.generate())).isEqualTo(new Rejected(Optional.of(unknown.id()), Reason.UNKNOWN));
        store.put(visitor, TokenState.only(visitor.hash()));
        SessionToken guess = tokens.renew(visitor);
        assertThat(rejection(unknown, guess)).isEqualTo(new Rejected(Optional.of(visitor.id()), Reason.WRONG_SECRET));
    }

    @Test
    void severalValidOnesAreAmbiguousAndTextsThatAreNoTokensMalformed() {
        store.put(visitor, TokenState.only(visitor.hash()));
        store.put(attacker, TokenState.only(attacker.hash()));
        assertThat(rejection(visitor, attacker)).isEqualTo(new Rejected(Optional.empty(), Reason.MALFORMED));
        loader().load(Set.of("x", "y"), Set::of);
        assertThat(events).hasSize(2).last().isEqualTo(new Rejected(Optional.empty(), Reason.MALFORMED));
    }

    private SessionEvent rejection(SessionToken... presented) {
        assertThat(load(presented)).isNull();
        return events.get(events.size() - 1);
    }

    @Test
    void allAreAskedForBeforeTheFirstAnswer() {
        store.answers = new CompletableFuture<>();
        CompletableFuture<RequestSession> session = request(visitor, attacker, unknown, tokens.generate());
        assertThat(store.asked).hasSize(4);
        assertThat(session).isNotDone();
        store.answers.complete(null);
        assertThat(session.join().exists()).isFalse();
    }

    @Test
    void moreTokensThanAnyClientHasAreNotAskedFor() {
        store.put(visitor, TokenState.only(visitor.hash()));
        assertThat(load(visitor, attacker, unknown, tokens.generate(), tokens.generate())).isNull();
        assertThat(store.asked).isEmpty();
    }

    @Test
    void textsThatAreNoTokensAreNotAskedForHoweverManyTheyAre() {
        store.put(visitor, TokenState.only(visitor.hash()));
        Set<String> texts = Stream.iterate("x", text -> text + 'x').limit(100).collect(Collectors.toSet());
        texts.add(visitor.value());
        assertThat(loader().load(texts, Set::of).toCompletableFuture().join().id()).contains(visitor.id());
        assertThat(store.asked).containsExactly(visitor.id());
        assertThat(loader().load(Set.of(), Set::of).toCompletableFuture().join().exists()).isFalse();
    }

    @Test
    void storeThatFailsForOneFailsTheRequestAlsoIfItThrows() {
        store.put(visitor, TokenState.only(visitor.hash()));
        store.broken = attacker.id();
        assertThatThrownBy(() -> load(visitor, attacker)).isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(SessionStoreException.class);
    }

    private SessionId load(SessionToken... presented) {
        return request(presented).join().id().orElse(null);
    }

    private CompletableFuture<RequestSession> request(SessionToken... presented) {
        Set<String> texts = Stream.of(presented).map(SessionToken::value).collect(Collectors.toCollection(LinkedHashSet::new));
        return loader().load(texts, Set::of).toCompletableFuture();
    }

    private SessionLoader loader() {
        return new SessionLoader(new GuardedStore(store, SessionMetrics.NONE), tokens, POLICY,
                new SessionEvents(SessionMetrics.NONE, List.of(), events::add), null);
    }

    private static final class Store implements UnsupportedStore {

        private final Map<SessionId, StoredSession> sessions = new HashMap<>();
        private final List<SessionId> asked = new ArrayList<>();
        private CompletableFuture<Void> answers = CompletableFuture.completedFuture(null);
        private SessionId broken;

        private void put(SessionToken token, TokenState state) {
            sessions.put(token.id(), new StoredSession(state, SessionData.empty(), Map.of(), 1, NOW, null, NOW.plusSeconds(60),
                    null, NOW));
        }

        @Override
        public CompletionStage<StoredSession> load(SessionId id) {
            if (id.equals(broken)) {
                throw new IllegalStateException("broken");
            }
            asked.add(id);
            return answers.thenApply(now -> sessions.get(id));
        }
    }
}
