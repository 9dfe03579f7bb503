package io.quarkiverse.imsession.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.spi.Expiry;
import io.quarkiverse.imsession.spi.NewSession;
import io.quarkiverse.imsession.spi.SessionChanges;
import io.quarkiverse.imsession.spi.SessionToken;
import io.quarkiverse.imsession.spi.StoredSession;

class NearCacheTest {

    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration SILENCE = Duration.ofSeconds(1);

    private final SecureRandom random = new SecureRandom();
    private final AtomicLong nanos = new AtomicLong(5);
    private Instant now = Instant.parse("2030-01-01T00:00:00Z");
    private final List<SessionId> expired = new ArrayList<>();
    private final SessionChanges store = new SessionChanges() {
        @Override
        public void listen(Listener listener, Duration maxSilence) {
        }

        @Override
        public Instant now() {
            return now;
        }
    };
    private final NearCache cache = new NearCache(1000, 10_000_000, SILENCE, store, expired::add, nanos::get);
    private final SessionToken token = SessionToken.generate(random);
    private final SessionId id = token.id();
    private final StoredSession session = session(SessionData.of("a", 1));

    @Test
    void keptSessionIsGivenOutAsOfNow() {
        listen();
        keep();
        now = now.plusSeconds(7);
        assertThat(cache.get(id, 1)).isEqualTo(session.at(now));
    }

    @Test
    void nothingIsKeptBeforeTheStoreTellsChanges() {
        long ticket = cache.ticket(id);
        listen();
        cache.put(id, ticket, session);
        assertThat(cache.get(id, 0)).isNull();
    }

    @Test
    void changeRemovesTheSession() {
        listen();
        keep();
        cache.changed(id);
        assertThat(cache.get(id, 0)).isNull();
        assertThat(expired).isEmpty();
    }

    @Test
    void loadThatBeganBeforeAChangeIsNotKept() {
        listen();
        long ticket = cache.ticket(id);
        cache.changed(id);
        cache.put(id, ticket, session);
        assertThat(cache.get(id, 0)).isNull();
    }

    @Test
    void loadThatBeganBeforeAFlushIsNotKept() {
        listen();
        long ticket = cache.ticket(id);
        cache.allChanged();
        cache.put(id, ticket, session);
        assertThat(cache.get(id, 0)).isNull();
    }

    /** The size of a session is asked for when it is about to be put. */
    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void sessionThatIsPutWhileAllAreRemovedIsRemovedToo(boolean flush) throws Exception {
        listen();
        long ticket = cache.ticket(id);
        CountDownLatch putting = new CountDownLatch(1);
        CountDownLatch removed = new CountDownLatch(1);
        Map<String, String> attributes = new HashMap<>() {
            @Override
            public Set<Map.Entry<String, String>> entrySet() {
                putting.countDown();
                try {
                    removed.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                return super.entrySet();
            }
        };
        StoredSession slow = new StoredSession(session.token(), session.data(), attributes, 1, session.createdAt(), null,
                session.expiresAt(), null, now);
        CompletableFuture<Void> put = CompletableFuture.runAsync(() -> cache.put(id, ticket, slow));
        putting.await();
        if (flush) {
            cache.allChanged();
        } else {
            cache.lost();
            listen();
        }
        removed.countDown();
        put.join();
        assertThat(cache.get(id, 0)).isNull();
    }

    @Test
    void loadThatBeganBeforeTheStoreWasLostIsNotKeptEvenIfItTellsChangesAgain() {
        listen();
        long ticket = cache.ticket(id);
        cache.lost();
        listen();
        cache.put(id, ticket, session);
        assertThat(cache.get(id, 0)).isNull();
    }

    @Test
    void nothingIsGivenOutAfterTheStoreWasLost() {
        listen();
        keep();
        cache.lost();
        assertThat(cache.get(id, 0)).isNull();
        listen();
        assertThat(cache.get(id, 0)).isNull();
        keep();
        assertThat(cache.get(id, 0)).isNotNull();
    }

    @Test
    void nothingIsGivenOutWhileTheStoreIsSilentForTooLong() {
        listen();
        keep();
        nanos.addAndGet(SILENCE.toNanos());
        assertThat(cache.get(id, 0)).isNotNull();
        nanos.incrementAndGet();
        assertThat(cache.get(id, 0)).isNull();
        cache.alive(nanos.get());
        assertThat(cache.get(id, 0)).isNotNull();
    }

    @Test
    void clientThatHasSeenALaterVersionDoesNotGetAnEarlierOne() {
        listen();
        keep();
        assertThat(cache.get(id, 2)).isNull();
        assertThat(cache.get(id, 1)).isNotNull();
    }

    @Test
    void earlierVersionDoesNotReplaceALaterOne() {
        listen();
        StoredSession later = new StoredSession(session.token(), session.data(), Map.of(), 2, session.createdAt(), null,
                session.expiresAt(), null, session.now());
        cache.put(id, cache.ticket(id), later);
        cache.put(id, cache.ticket(id), session);
        assertThat(cache.get(id, 2)).isNotNull();
    }

    @Test
    void sessionIsNotGivenOutAfterItsEnd() {
        listen();
        keep();
        now = session.expiresAt().plusSeconds(10).minusMillis(1);
        assertThat(cache.get(id, 0)).isNotNull();
        now = now.plusMillis(1);
        assertThat(cache.get(id, 0)).isNull();
    }

    @Test
    void changeAfterTheEndTellsThatTheSessionHasExpiredOnce() {
        listen();
        keep();
        now = session.expiresAt().plusSeconds(10);
        cache.changed(id);
        cache.changed(id);
        assertThat(expired).containsExactly(id);
    }

    @Test
    void sessionIsNotGivenOutWhileItsFormerTokenIsKnown() {
        listen();
        StoredSession rotated = new StoredSession(
                session.token().rotated(token.hash(), token.renew(random).hash(), now.plusSeconds(60)), session.data(),
                Map.of(), 2, session.createdAt(), now, session.expiresAt(), null, now);
        cache.put(id, cache.ticket(id), rotated);
        assertThat(cache.get(id, 0)).isNull();
        now = now.plusSeconds(60);
        assertThat(cache.get(id, 0)).isNotNull();
    }

    @Test
    void remainderOfAReplacedSessionAndNoSessionAreNotKept() {
        listen();
        cache.put(id, cache.ticket(id), session.replaced(Duration.ofSeconds(10)));
        cache.put(id, cache.ticket(id), null);
        assertThat(cache.size()).isZero();
    }

    @Test
    void numberAndMemoryOfSessionsAreLimited() {
        NearCache few = new NearCache(10, 10_000_000, SILENCE, store, expired::add, nanos::get);
        NearCache small = new NearCache(1000, 50_000, SILENCE, store, expired::add, nanos::get);
        StoredSession large = session(SessionData.of("text", "x".repeat(1000)));
        for (NearCache one : List.of(few, small)) {
            listen(one);
            for (int i = 0; i < 500; i++) {
                SessionId other = SessionToken.generate(random).id();
                one.put(other, one.ticket(other), large);
            }
        }
        assertThat(few.size()).isLessThanOrEqualTo(10);
        assertThat(small.size()).isLessThanOrEqualTo(19);
    }

    @Test
    void thousandsOfSessionsThatAreReadOnceStayWithinTheBounds() {
        readOnce(20_000);
    }

    @Test
    @Tag("full")
    void aMillionSessionsThatAreReadOnceStayWithinTheBounds() {
        readOnce(1_000_000);
    }

    /** The figures of the settings' defaults, a hundredth of each. */
    private void readOnce(int sessions) {
        int most = 1_000;
        long bytes = 640_000;
        NearCache small = new NearCache(most, bytes, SILENCE, store, expired::add, nanos::get);
        listen(small);
        long before = usedMemory();
        for (int i = 0; i < sessions; i++) {
            SessionToken other = SessionToken.generate(random);
            StoredSession read = StoredSession.of(new NewSession(other.hash(), SessionData.of("text", "x".repeat(i % 500)),
                    new Expiry(DAY, null, null)), now);
            small.put(other.id(), small.ticket(other.id()), read);
            // Readers have values.
            StoredSession kept = small.get(other.id(), 1);
            if (kept != null) {
                kept.data().get("text", String.class);
            }
        }
        assertThat(small.size()).isBetween(1L, (long) most);
        // The estimate may be wrong by half, and the collector needs some room.
        assertThat(usedMemory() - before).isLessThan(2 * bytes + 4_000_000);
        assertThat(small.size()).isBetween(1L, (long) most);
    }

    @Test
    void sessionsOfManySmallFieldsStayWithinTheBoundToo() {
        long bytes = 10_000_000;
        NearCache small = new NearCache(1000, bytes, SILENCE, store, expired::add, nanos::get);
        listen(small);
        long before = usedMemory();
        for (int i = 0; i < 300; i++) {
            SessionToken other = SessionToken.generate(random);
            Map<String, String> fields = new HashMap<>();
            for (int field = 0; field < SessionData.MAX_FIELDS; field++) {
                fields.put("f" + i + '.' + field, Integer.toString(field));
            }
            StoredSession read = StoredSession.of(new NewSession(other.hash(), SessionData.fromJson(fields),
                    new Expiry(DAY, null, null)), now);
            small.put(other.id(), small.ticket(other.id()), read);
            StoredSession kept = small.get(other.id(), 1);
            if (kept != null) {
                fields.keySet().forEach(name -> kept.data().get(name, Integer.class));
            }
        }
        assertThat(small.size()).isBetween(50L, 150L);
        assertThat(usedMemory() - before).isLessThan(bytes * 3 / 2);
        assertThat(small.size()).isBetween(50L, 150L);
    }

    private static long usedMemory() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private void listen() {
        listen(cache);
    }

    private void listen(NearCache one) {
        one.listening();
        one.alive(nanos.get());
    }

    private void keep() {
        cache.put(id, cache.ticket(id), session);
    }

    private StoredSession session(SessionData data) {
        return StoredSession.of(new NewSession(token.hash(), data, new Expiry(DAY, null, null)), now);
    }
}
