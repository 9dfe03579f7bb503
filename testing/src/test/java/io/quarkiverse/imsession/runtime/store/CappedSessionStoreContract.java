package io.quarkiverse.imsession.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.function.Supplier;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.SessionLimitException;
import io.quarkiverse.imsession.spi.DestroyResult;
import io.quarkiverse.imsession.spi.NewSession;
import io.quarkiverse.imsession.spi.Presented;
import io.quarkiverse.imsession.spi.Replaced;
import io.quarkiverse.imsession.spi.SessionToken;
import io.quarkiverse.imsession.spi.SessionUpdate;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.spi.TokenChange;
import io.quarkiverse.imsession.spi.UpdateResult;

/**
 * What a store must do that keeps limits. Its references are the unlimited fields {@code user_id} and {@code tenant},
 * {@value #REFUSING} with {@value #MAX} sessions and {@value #ENDING} with {@value #MAX}, of which the oldest one is ended.
 */
public abstract class CappedSessionStoreContract extends BuiltInStoreContract {

    /** A field that has no more than {@link #MAX} sessions of a value. */
    protected static final String REFUSING = "seat";
    /** A field of which a value's oldest session is ended for another one. */
    protected static final String ENDING = "screen";
    /** The most sessions of a value. */
    protected static final int MAX = 3;

    private static final int LOGINS = 50;

    /** The sessions that the store reported as ended to make room. */
    protected final List<SessionId> ended = Collections.synchronizedList(new ArrayList<>());

    /** Ends the lifetime of a session, without anybody noticing. */
    protected abstract void expire(SessionId id);

    /** Does the work. A store that can be looked at meanwhile has at no time more than {@link #MAX} sessions of a value. */
    protected <T> T watching(String field, String value, Callable<T> work) throws Exception {
        return work.call();
    }

    @BeforeEach
    protected void forgetEnded() {
        ended.clear();
    }

    @Test
    protected void sessionBeyondTheLimitIsRefusedAndTheOthersStay() {
        String value = unique();
        List<SessionId> first = fill(REFUSING, value);

        SessionToken another = newToken();
        SessionLimitException refusal = refusal(creating(another, SessionData.of(REFUSING, value)));

        assertThat(refusal.field()).isEqualTo(REFUSING);
        assertThat(refusal.maxSessions()).isEqualTo(MAX);
        assertThat(refusal).hasMessageContaining("quarkus.imsession.references.\"seat\".max-sessions")
                .hasMessageNotContaining(value);
        assertThat(load(another)).isNull();
        assertThat(find(REFUSING, value)).containsExactlyInAnyOrderElementsOf(first);
        assertThat(ended).isEmpty();
    }

    @Test
    protected void limitIsThatOfEachValueAndOfItsFieldOnly() {
        String value = unique();
        fill(REFUSING, value);
        for (int i = 0; i < 2 * MAX; i++) {
            create(SessionData.of(REFUSING, unique(), "user_id", value));
        }
        assertThat(find("user_id", value)).hasSize(2 * MAX);
        assertThat(find(REFUSING, value)).hasSize(MAX);
    }

    @Test
    protected void sessionBeyondTheLimitEndsTheOldestOne() {
        String value = unique();
        List<SessionId> living = fill(ENDING, value);
        for (int i = 0; i < 2 * MAX; i++) {
            ended.clear();
            SessionId oldest = living.remove(0);
            living.add(create(SessionData.of(ENDING, value)).id());

            assertThat(ended).containsExactly(oldest);
            assertThat(await(store().load(oldest))).isNull();
            assertThat(find(ENDING, value)).containsExactlyInAnyOrderElementsOf(living);
            tick();
        }
    }

    @Test
    protected void endedSessionLeavesItsOtherReferences() {
        String value = unique();
        String user = unique();
        for (int i = 0; i <= MAX; i++) {
            create(SessionData.of(ENDING, value, "user_id", user));
            tick();
        }
        assertThat(find("user_id", user)).containsExactlyInAnyOrderElementsOf(find(ENDING, value)).hasSize(MAX);
    }

    @Test
    protected void ofParallelLoginsAsManySucceedAsThereArePlaces() throws Exception {
        String value = unique();
        List<Boolean> stored = watching(REFUSING, value,
                () -> inParallel(LOGINS, i -> () -> succeeds(creating(newToken(), SessionData.of(REFUSING, value)))));

        assertThat(stored).filteredOn(Boolean::booleanValue).hasSize(MAX);
        assertThat(find(REFUSING, value)).hasSize(MAX);
    }

    @Test
    protected void ofParallelLoginsOnFullPlacesNoneSucceeds() throws Exception {
        String value = unique();
        List<SessionId> first = fill(REFUSING, value);
        List<Boolean> stored = watching(REFUSING, value,
                () -> inParallel(LOGINS, i -> () -> succeeds(creating(newToken(), SessionData.of(REFUSING, value)))));

        assertThat(stored).containsOnly(false);
        assertThat(find(REFUSING, value)).containsExactlyInAnyOrderElementsOf(first);
    }

    @Test
    protected void parallelLoginsThatEndTheOldestAllSucceedAndEachEndsOne() throws Exception {
        String value = unique();
        List<SessionId> first = fill(ENDING, value);
        List<SessionToken> tokens = watching(ENDING, value,
                () -> inParallel(LOGINS, i -> () -> create(SessionData.of(ENDING, value))));

        assertThat(find(ENDING, value)).hasSize(MAX).isSubsetOf(tokens.stream().map(SessionToken::id).toList());
        assertThat(ended).hasSize(LOGINS).doesNotHaveDuplicates().containsAll(first);
    }

    @Test
    protected void parallelLoginsOfSessionsThatExistKeepTheLimitToo() throws Exception {
        String value = unique();
        List<SessionToken> anonymous = new ArrayList<>();
        for (int i = 0; i < LOGINS; i++) {
            anonymous.add(create(SessionData.of("a", i)));
        }
        List<Boolean> stored = watching(REFUSING, value,
                () -> inParallel(LOGINS, i -> () -> succeeds(setting(anonymous.get(i), REFUSING, value))));
        assertThat(stored).filteredOn(Boolean::booleanValue).hasSize(MAX);
        assertThat(find(REFUSING, value)).hasSize(MAX);

        watching(ENDING, value, () -> inParallel(LOGINS, i -> () -> succeeds(setting(anonymous.get(i), ENDING, value))));
        assertThat(find(ENDING, value)).hasSize(MAX);
        assertThat(anonymous.stream().map(this::load).filter(Objects::nonNull)).hasSize(MAX);
    }

    @Test
    protected void expiredSessionsDoNotCount() {
        String value = unique();
        List<SessionId> first = fill(REFUSING, value);
        expire(first.get(1));

        create(SessionData.of(REFUSING, value));
        assertThat(find(REFUSING, value)).hasSize(MAX).doesNotContain(first.get(1));
    }

    @Test
    protected void expiredSessionsAreNotEndedInPlaceOfLivingOnes() {
        String value = unique();
        List<SessionId> first = fill(ENDING, value);
        expire(first.get(2));

        create(SessionData.of(ENDING, value));
        assertThat(ended).isEmpty();
        assertThat(find(ENDING, value)).contains(first.get(0), first.get(1)).hasSize(MAX);
    }

    @Test
    protected void endedSessionFreesItsPlaceAtOnce() {
        String value = unique();
        List<SessionId> first = fill(REFUSING, value);
        await(store().destroy(first.get(0)));

        create(SessionData.of(REFUSING, value));
        assertThat(find(REFUSING, value)).hasSize(MAX);
        assertThat(succeeds(creating(newToken(), SessionData.of(REFUSING, value)))).isFalse();
    }

    @Test
    protected void removedOrChangedValueFreesItsPlaceAtOnce() {
        String value = unique();
        List<SessionToken> tokens = new ArrayList<>();
        for (int i = 0; i < MAX; i++) {
            tokens.add(create(SessionData.of(REFUSING, value)));
        }
        update(tokens.get(0), Map.of(), Set.of(REFUSING), TokenChange.KEEP);
        update(tokens.get(1), SessionData.of(REFUSING, unique()).toJson(), Set.of(), TokenChange.KEEP);

        create(SessionData.of(REFUSING, value));
        create(SessionData.of(REFUSING, value));
        assertThat(succeeds(creating(newToken(), SessionData.of(REFUSING, value)))).isFalse();
        assertThat(load(tokens.get(0))).isNotNull();
    }

    @Test
    protected void updateToAFullValueIsRefusedAndChangesNothing() {
        String full = unique();
        String before = unique();
        String user = unique();
        fill(REFUSING, full);
        SessionToken token = create(SessionData.of(REFUSING, before));
        StoredSession stored = load(token);

        SessionData wanted = SessionData.of(REFUSING, full, "user_id", user, "b", 2);
        assertThat(refusal(updating(token, wanted.toJson(), renew(newToken()))).field())
                .isEqualTo(REFUSING);
        assertThat(load(token).data()).isEqualTo(SessionData.of(REFUSING, before));
        assertThat(load(token).version()).isEqualTo(stored.version());
        assertThat(load(token).token().current()).isEqualTo(token.hash());
        assertThat(find(REFUSING, before)).containsExactly(token.id());
        assertThat(find("user_id", user)).isEmpty();
        assertThat(find(REFUSING, full)).hasSize(MAX).doesNotContain(token.id());
    }

    @Test
    protected void sessionThatHasTheValueIsNeverRefused() {
        String value = unique();
        fill(REFUSING, value).subList(0, 1).forEach(id -> await(store().destroy(id)));
        SessionToken token = create(SessionData.of(REFUSING, value));
        SessionToken renewed = newToken();

        assertThat(succeeds(setting(token, REFUSING, value))).isTrue();
        update(token, Map.of("other", "1"), Set.of(), renew(renewed));
        assertThat(update(token.id(), renewed.hash(), Map.of(), Set.of(), TokenChange.KEEP,
                expiry(Duration.ofDays(1), Duration.ofDays(30), null))).isInstanceOf(UpdateResult.Updated.class);
        assertThat(find(REFUSING, value)).hasSize(MAX).contains(token.id());
    }

    @Test
    protected void nobodyIsEndedForASessionThatIsRefusedElsewhere() {
        String value = unique();
        fill(REFUSING, value);
        List<SessionId> screens = fill(ENDING, value);

        refusal(creating(newToken(), SessionData.of(REFUSING, value, ENDING, value, "tenant", value)));
        assertThat(ended).isEmpty();
        assertThat(find(ENDING, value)).containsExactlyInAnyOrderElementsOf(screens);
        assertThat(find("tenant", value)).isEmpty();
    }

    @Test
    protected void sessionInThePlaceOfAnotherTakesItsPlace() {
        for (String field : List.of(REFUSING, ENDING)) {
            String value = unique();
            List<SessionId> first = fill(field, value);
            SessionToken token = newToken();
            Replaced replaced = await(
                    store().replace(first.get(MAX - 1), presented(first.get(MAX - 1)), LONG_GRACE, token.id(),
                            session(token, SessionData.of(field, value))));

            assertThat(replaced.old()).isEqualTo(DestroyResult.DESTROYED);
            assertThat(load(token).createdAt()).isEqualTo(replaced.created().now());
            assertThat(find(field, value)).containsExactlyInAnyOrder(first.get(0), first.get(1), token.id());
            assertThat(ended).isEmpty();
        }
    }

    @Test
    protected void refusedSessionLeavesTheOneWhosePlaceItWasToTake() {
        String full = unique();
        String own = unique();
        fill(REFUSING, full);
        SessionToken old = create(SessionData.of(REFUSING, own));
        SessionToken token = newToken();

        refusal(store().replace(old.id(), presented(old), LONG_GRACE, token.id(),
                session(token, SessionData.of(REFUSING, full))));
        assertThat(load(old)).isNotNull();
        assertThat(find(REFUSING, own)).containsExactly(old.id());
        assertThat(load(token)).isNull();
    }

    @Test
    protected void ofParallelSessionsInThePlaceOfTheSameOneOneSucceeds() throws Exception {
        String value = unique();
        SessionId old = fill(REFUSING, value).get(0);
        Presented presented = presented(old);
        List<Boolean> stored = watching(REFUSING, value, () -> inParallel(LOGINS, i -> () -> {
            SessionToken token = newToken();
            return succeeds(store().replace(old, presented, Duration.ZERO, token.id(),
                    session(token, SessionData.of(REFUSING, value))));
        }));
        assertThat(stored).filteredOn(Boolean::booleanValue).hasSize(1);
        assertThat(find(REFUSING, value)).hasSize(MAX).doesNotContain(old);
    }

    @Test
    protected void loginThatComesTooLateDoesNotHideTheOneThatWon() {
        for (String field : List.of("user_id", REFUSING)) {
            String value = unique();
            SessionToken token = create(SessionData.empty());
            StoredSession basis = load(token);
            List<SessionUpdate> clicks = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                clicks.add(new SessionUpdate(basis, token.hash(), SessionData.of(field, value).toJson(), Set.of(),
                        renew(newToken()), expiry()));
            }
            assertThat(await(store().update(token.id(), clicks.get(0)))).isInstanceOf(UpdateResult.Updated.class);
            assertThat(await(store().update(token.id(), clicks.get(1)))).isInstanceOf(UpdateResult.Superseded.class);
            assertThat(find(field, value)).containsExactly(token.id());
        }
    }

    @Test
    protected void refusedLogInEndsNobodyElsesSession() {
        String value = unique();
        List<SessionId> screens = fill(ENDING, value);
        for (String field : List.of("a", ENDING)) {
            SessionToken dead = create(SessionData.of(field, unique()));
            StoredSession basis = load(dead);
            SessionUpdate logIn = new SessionUpdate(basis, dead.hash(), SessionData.of(ENDING, value, "tenant", value).toJson(),
                    Set.of(), renew(newToken()), expiry());
            SessionToken next = newToken();
            update(dead, Map.of(), Set.of(), renew(next));

            assertThat(await(store().update(dead.id(), logIn))).isEqualTo(new UpdateResult.Superseded());
            await(store().destroy(dead.id()));
            assertThat(await(store().update(dead.id(), logIn))).isEqualTo(new UpdateResult.Gone());
        }
        assertNobodyWasEnded(value, screens);
    }

    @Test
    protected void logInThatWouldMakeTheSessionTooLargeEndsNobodyElsesSession() {
        String value = unique();
        List<SessionId> screens = fill(ENDING, value);
        SessionToken token = create(SessionData.empty());
        StoredSession basis = load(token);
        update(token, Map.of("a", "1"), Set.of(), TokenChange.KEEP);

        SessionData wanted = SessionData.of(ENDING, value, "tenant", value);
        assertThat(await(store().update(token.id(), new SessionUpdate(basis, new Presented(token.hash(), basis.version()),
                wanted.toJson(), Set.of(), renew(newToken()), expiry(), wanted.sizeInBytes()))))
                .isEqualTo(new UpdateResult.TooLarge(wanted.sizeInBytes() + 2, 3));
        assertNobodyWasEnded(value, screens);
    }

    @Test
    protected void refusedSessionInThePlaceOfAnotherEndsNobodyElsesSession() {
        String value = unique();
        List<SessionId> screens = fill(ENDING, value);
        SessionToken dead = create(SessionData.of("a", 1));
        Presented presented = presented(dead);
        update(dead, Map.of(), Set.of(), renew(newToken()));

        SessionToken token = newToken();
        assertThat(await(store().replace(dead.id(), presented, LONG_GRACE, token.id(),
                session(token, SessionData.of(ENDING, value, "tenant", value)))))
                .isEqualTo(new Replaced(DestroyResult.SUPERSEDED, null));
        assertThat(load(token)).isNull();
        assertNobodyWasEnded(value, screens);
    }

    private void assertNobodyWasEnded(String value, List<SessionId> screens) {
        assertThat(ended).isEmpty();
        assertThat(find(ENDING, value)).containsExactlyInAnyOrderElementsOf(screens);
        assertThat(find("tenant", value)).isEmpty();
    }

    /** As many sessions as a value may have, the oldest one first. */
    protected final List<SessionId> fill(String field, String value) {
        List<SessionId> ids = new ArrayList<>();
        for (int i = 0; i < MAX; i++) {
            ids.add(create(SessionData.of(field, value)).id());
            tick();
        }
        return ids;
    }

    /** Lets the clock of the store go on, so that of two sessions one is older. */
    private static void tick() {
        long begin = System.currentTimeMillis();
        Awaitility.await().pollInSameThread().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1))
                .until(() -> System.currentTimeMillis() > begin + 1);
    }

    protected static NewSession session(SessionToken token, SessionData data) {
        return new NewSession(token.hash(), data, expiry());
    }

    private CompletionStage<UpdateResult> updating(SessionToken token, Map<String, String> changed, TokenChange change) {
        return store().update(token.id(),
                new SessionUpdate(load(token), token.hash(), changed, Set.of(), change, expiry()));
    }

    private CompletionStage<UpdateResult> setting(SessionToken token, String field, String value) {
        return updating(token, SessionData.of(field, value).toJson(), TokenChange.KEEP);
    }

    /** False if the limit refuses it; whatever else goes wrong is thrown. */
    protected static boolean succeeds(CompletionStage<?> storing) {
        try {
            await(storing);
            return true;
        } catch (CompletionException e) {
            assertThat(e).hasRootCauseInstanceOf(SessionLimitException.class);
            return false;
        }
    }

    protected static SessionLimitException refusal(CompletionStage<?> storing) {
        return (SessionLimitException) catchThrowableOfType(CompletionException.class, () -> await(storing)).getCause();
    }

    /** Starts all at the same moment. */
    private static <T> List<T> inParallel(int count, IntFunction<Supplier<T>> tasks) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(count);
        try {
            CyclicBarrier start = new CyclicBarrier(count);
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                Supplier<T> task = tasks.apply(i);
                futures.add(threads.submit(() -> {
                    start.await();
                    return task.get();
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get(60, TimeUnit.SECONDS));
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }
}
