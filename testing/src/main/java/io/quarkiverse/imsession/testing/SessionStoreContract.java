package io.quarkiverse.imsession.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.function.Supplier;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.SessionStoreException;
import io.quarkiverse.imsession.spi.Created;
import io.quarkiverse.imsession.spi.DestroyResult;
import io.quarkiverse.imsession.spi.Expected;
import io.quarkiverse.imsession.spi.Expiry;
import io.quarkiverse.imsession.spi.NewSession;
import io.quarkiverse.imsession.spi.Presented;
import io.quarkiverse.imsession.spi.Replaced;
import io.quarkiverse.imsession.spi.SessionStore;
import io.quarkiverse.imsession.spi.SessionToken;
import io.quarkiverse.imsession.spi.SessionUpdate;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.spi.TokenChange;
import io.quarkiverse.imsession.spi.TokenHash;
import io.quarkiverse.imsession.spi.TokenState;
import io.quarkiverse.imsession.spi.UpdateResult;
import io.quarkiverse.imsession.spi.UpdateResult.Gone;
import io.quarkiverse.imsession.spi.UpdateResult.PresentedToken;
import io.quarkiverse.imsession.spi.UpdateResult.Superseded;
import io.quarkiverse.imsession.spi.UpdateResult.Updated;

/**
 * The tests that every {@link SessionStore} must pass, including the built-in ones. Authors of stores extend this class, and
 * return their store from {@link #store()}. Each test makes its own sessions, so all tests may share a store, even a remote one
 * that keeps the sessions of earlier tests.
 */
public abstract class SessionStoreContract {

    private static final Duration DAY = Duration.ofDays(1);
    /** The time for which replaced tokens are known: longer than any test takes, or shorter than some tests take. */
    protected static final Duration LONG_GRACE = Duration.ofMinutes(1);
    protected static final Duration SHORT_GRACE = Duration.ofMillis(50);
    /** The age of a token at which it is replaced: any age, or an age that no token has. */
    private static final Duration ANY_AGE = Duration.ZERO;
    private static final Duration NO_AGE = Duration.ofDays(1);
    /** The number of tasks that run in parallel. */
    protected static final int PARALLEL = 20;
    private static final String LONG_TEXT = "A text that is longer than its digest \u00e9\u4e16";

    private final SecureRandom random = new SecureRandom();

    /** The store under test. Returns the same store within a test. */
    protected abstract SessionStore store();

    /**
     * How long the store will keep a session that is not used: its time to live, read from the store itself, including
     * {@link SessionStore#EXPIRY_SLACK}.
     */
    protected abstract Duration timeToLive(SessionId id);

    @Test
    protected void unknownSessionIsAbsent() {
        assertThat(load(newToken())).isNull();
    }

    @Test
    protected void attributesAreKeptApartFromTheData() {
        SessionToken token = newToken();
        SessionData data = SessionData.of("user", "Ada");
        await(store().create(token.id(), new NewSession(token.hash(), data, Map.of("@a", "1", "@b", "two words"), expiry())));
        assertThat(load(token).data()).isEqualTo(data);
        assertThat(load(token).attributes()).isEqualTo(Map.of("@a", "1", "@b", "two words"));

        update(token, Map.of("views", "1", "@a", "2", "@c", "3"), Set.of("@b", "@never"), TokenChange.KEEP);
        assertThat(load(token).data()).isEqualTo(SessionData.of("user", "Ada", "views", 1));
        assertThat(load(token).attributes()).isEqualTo(Map.of("@a", "2", "@c", "3"));
    }

    @Test
    protected void chosenFieldsAreLoadedWithAllThatIsNoData() {
        SessionToken token = newToken();
        await(store().create(token.id(), new NewSession(token.hash(), SessionData.of("a", 1, "b", 2, "*", 3),
                Map.of("@label", "phone", "@authenticated", "7"), expiry(DAY, DAY.multipliedBy(2), null))));
        update(token, Map.of(), Set.of(), rotate(newToken(), LONG_GRACE, ANY_AGE));

        StoredSession all = load(token);
        assertThat(all.renewedAt()).isNotNull();
        for (Set<String> fields : List.of(Set.<String> of(), Set.of("a"), Set.of("b", "never"), Set.of("a", "b", "*"))) {
            StoredSession some = await(store().load(token.id(), fields));
            assertThat(some.data().names()).isSubsetOf(fields);
            assertThat(some).usingRecursiveComparison().ignoringFields("now").isEqualTo(all.withOnly(fields));
        }
        assertThat(await(store().load(newToken().id(), Set.of("a")))).isNull();
    }

    @Test
    protected void chosenFieldsAreLoadedWithAttributesThatOnlyAnotherVersionKnows() {
        SessionToken token = newToken();
        Map<String, String> attributes = Map.of("@", "1", "@b", "two words", "@label", "phone", "@of-another-version", "4");
        await(store().create(token.id(),
                new NewSession(token.hash(), SessionData.of("a", 1, "of-another-version", 2), attributes, expiry())));
        for (Set<String> fields : List.of(Set.<String> of(), Set.of("a"), Set.of("never"))) {
            assertThat(await(store().load(token.id(), fields)).attributes()).isEqualTo(attributes);
        }
        update(token, Map.of("@later", "5"), Set.of("@b"), TokenChange.KEEP);
        assertThat(await(store().load(token.id(), Set.of("a"))).attributes())
                .isEqualTo(Map.of("@", "1", "@label", "phone", "@of-another-version", "4", "@later", "5"));
    }

    @Test
    protected void privateAttributesAreKeptAndOnlyWholeSessionsHaveThem() {
        SessionToken token = newToken();
        String large = "\u00e9".repeat(32 * 1024);
        await(store().create(token.id(), new NewSession(token.hash(), SessionData.of("a", 1),
                Map.of("@private:a", large, "@label", "phone"), expiry())));
        assertThat(load(token).attributes()).isEqualTo(Map.of("@private:a", large, "@label", "phone"));
        for (Set<String> fields : List.of(Set.<String> of(), Set.of("a"))) {
            assertThat(await(store().load(token.id(), fields)).attributes()).isEqualTo(Map.of("@label", "phone"));
        }
        SessionToken renewed = newToken();
        update(token, Map.of("@private:b", "2"), Set.of(), rotate(renewed, LONG_GRACE, ANY_AGE));
        assertThat(load(token).attributes()).isEqualTo(Map.of("@private:a", large, "@private:b", "2", "@label", "phone"));
        update(token, Map.of(), Set.of("@private:a"), TokenChange.KEEP);
        assertThat(load(token).attributes()).isEqualTo(Map.of("@private:b", "2", "@label", "phone"));
    }

    @Test
    protected void claimBelongsToOneHolderUntilItIsGivenBackOrItsTimeIsOver() {
        Assumptions.assumeTrue(store().hasClaims(), "This store has no claims");
        String name = "a name {*} \u00e9 " + newToken().id();
        assertThat(await(store().holder(name))).isNull();
        assertThat(await(store().claim(name, "a", LONG_GRACE))).isEqualTo("a");
        assertThat(await(store().claim(name, "b", LONG_GRACE))).isEqualTo("a");
        assertThat(await(store().claim(name, "a", LONG_GRACE))).isEqualTo("a");
        assertThat(await(store().holder(name))).isEqualTo("a");
        assertThat(await(store().release(name, "b"))).isFalse();
        assertThat(await(store().release(name, "a"))).isTrue();
        assertThat(await(store().release(name, "a"))).isFalse();
        assertThat(await(store().claim(name, "b", SHORT_GRACE))).isEqualTo("b");
        Awaitility.await().until(() -> await(store().holder(name)) == null);
        assertThat(await(store().claim(name, "c", LONG_GRACE))).isEqualTo("c");
    }

    @Test
    protected void claimsMayHaveLongNamesAndHoldersOfAllCharacters() {
        Assumptions.assumeTrue(store().hasClaims(), "This store has no claims");
        String name = newToken().id() + " \u0000\n{\"\\\ud83d\ude00\uf8ff" + "\u4e16".repeat(960);
        String holder = "\u0000\n{\"\\\ud83d\ude00\uf8ff" + "\u00e9".repeat(980);
        assertThat(await(store().claim(name, holder, LONG_GRACE))).isEqualTo(holder);
        assertThat(await(store().claim(name, "another", LONG_GRACE))).isEqualTo(holder);
        assertThat(await(store().holder(name))).isEqualTo(holder);
        assertThat(await(store().holder(name.substring(1)))).isNull();
        assertThat(await(store().release(name, holder))).isTrue();
    }

    @Test
    protected void ofParallelClaimsOneWins() throws Exception {
        Assumptions.assumeTrue(store().hasClaims(), "This store has no claims");
        String name = "parallel " + newToken().id();
        List<String> holders = inParallel(i -> () -> store().claim(name, "holder " + i, LONG_GRACE));
        assertThat(holders).hasSize(PARALLEL).containsOnly(holders.get(0));
        assertThat(await(store().holder(name))).isEqualTo(holders.get(0));
    }

    @Test
    protected void createdSessionIsLoadedAsItWasStored() {
        SessionToken token = newToken();
        SessionData data = SessionData.of("user", "Ada \u00e9\u4e16\ud83d\ude00", "views", 1, "tags", List.of("a", "b"));
        Created created = await(store().create(token.id(), new NewSession(token.hash(), data, expiry())));

        StoredSession stored = load(token);
        assertThat(stored.data()).isEqualTo(data);
        assertThat(stored.token()).isEqualTo(TokenState.only(token.hash()));
        assertThat(stored.version()).isEqualTo(1);
        assertThat(stored.createdAt()).isEqualTo(created.now());
        assertThat(stored.expiresAt()).isEqualTo(created.expiresAt()).isEqualTo(created.now().plus(DAY));
        assertThat(stored.ownTimeout()).isNull();
        assertThat(Duration.between(stored.createdAt(), stored.now())).isBetween(Duration.ofSeconds(-1),
                Duration.ofSeconds(10));
    }

    @Test
    protected void textsOfFieldsAreKeptAlsoIfTheyAreNoJson() {
        Map<String, String> texts = Map.of("none", "", "open", "{", "two", "1,\"x\":2", "blanks", " [ 1 , 2 ] ", "number",
                "1.0E+2", "zero", "\"\\u0000\"", "half", "\"\\uD800\"", "pair", "\"\\ud83d\\ude00\"", "word", "nothing");
        assertKept(texts, Map.of("@none", "", "@open", "{", "@half", "\\ud800"));
    }

    @Test
    protected void namesAndTextsMayHaveAllCharacters() {
        String all = "\u0000\u0001\n\r\t \"\\{}[]*%':,\u007f\u00e9\u2028\u4e16\ud83d\ude00\uf8ff0000\uf8fft\ufffd";
        assertKept(Map.of(all, '"' + "\u0000" + '"', "\u0000", all, "\uf8ff", "\"\uf8ff\""),
                Map.of("@" + all, all, "@\u0000", "\u0000", "@\uf8ff", "\uf8fft"));
    }

    /** Stores them first as a new session, then by an update. */
    private void assertKept(Map<String, String> texts, Map<String, String> attributes) {
        SessionToken created = newToken();
        await(store().create(created.id(),
                new NewSession(created.hash(), SessionData.fromJson(texts), attributes, expiry())));
        SessionToken updated = create(SessionData.of("other", 1));
        Map<String, String> changed = new LinkedHashMap<>(texts);
        changed.putAll(attributes);
        assertThat(update(updated, changed, Set.of("other"), TokenChange.KEEP)).isInstanceOf(Updated.class);
        for (SessionToken token : List.of(created, updated)) {
            assertThat(load(token).data().toJson()).isEqualTo(texts);
            assertThat(load(token).attributes()).isEqualTo(attributes);
            for (String name : texts.keySet()) {
                assertThat(await(store().load(token.id(), Set.of(name))).data().toJson())
                        .isEqualTo(Map.of(name, texts.get(name)));
            }
            assertThat(update(token, Map.of(), texts.keySet(), TokenChange.KEEP)).isInstanceOf(Updated.class);
            assertThat(load(token).data()).isEqualTo(SessionData.empty());
        }
    }

    @Test
    protected void timesAreWholeMilliseconds() {
        SessionToken token = newToken();
        Created created = await(store().create(token.id(), new NewSession(token.hash(), SessionData.empty(), expiry())));
        Updated updated = (Updated) update(token, Map.of("a", "1"), Set.of(), rotate(newToken(), LONG_GRACE, ANY_AGE));
        StoredSession stored = load(token);
        assertThat(List.of(created.now(), created.expiresAt(), updated.now(), updated.expiresAt(), stored.now(),
                stored.createdAt(), stored.renewedAt(), stored.expiresAt(), stored.token().graceEnds()))
                .allSatisfy(time -> assertThat(time).isEqualTo(time.truncatedTo(ChronoUnit.MILLIS)));
        assertThat(stored.expiresAt()).isEqualTo(updated.expiresAt());
        assertThat(stored.renewedAt()).isEqualTo(updated.now());
    }

    @Test
    protected void sessionWithoutDataExists() {
        SessionToken token = create(SessionData.empty());
        assertThat(load(token).data()).isEqualTo(SessionData.empty());
    }

    @Test
    protected void creatingNeverOverwrites() {
        SessionToken token = create(SessionData.of("a", 1));
        SessionData other = SessionData.of("a", 2);

        assertThatThrownBy(() -> await(store().create(token.id(), new NewSession(token.hash(), other, expiry()))))
                .hasRootCauseInstanceOf(SessionStoreException.class);
        assertThat(load(token).data()).isEqualTo(SessionData.of("a", 1));
    }

    @Test
    protected void updateSetsAndRemovesOnlyTheNamedFields() {
        SessionToken token = create(SessionData.of("keep", 1, "change", 1, "remove", 1));

        Updated updated = (Updated) update(token, Map.of("change", "2", "add", "3"), Set.of("remove"), TokenChange.KEEP);

        assertThat(updated.token()).isEqualTo(PresentedToken.CURRENT);
        assertThat(load(token).data()).isEqualTo(SessionData.of("keep", 1, "change", 2, "add", 3));
        assertThat(load(token).version()).isEqualTo(2);
    }

    @Test
    protected void removingTheLastFieldKeepsTheSession() {
        SessionToken token = create(SessionData.of("a", 1));
        update(token, Map.of(), Set.of("a"), TokenChange.KEEP);
        assertThat(load(token).data()).isEqualTo(SessionData.empty());
    }

    @Test
    protected void updateOfAnAbsentSessionMakesNone() {
        SessionToken token = newToken();
        assertThat(update(token, Map.of("a", "1"), Set.of(), TokenChange.KEEP)).isInstanceOf(Gone.class);
        assertThat(load(token)).isNull();
    }

    @Test
    protected void destroyedSessionIsGoneAndNoUpdateBringsItBack() {
        SessionToken token = create(SessionData.of("a", 1));

        assertThat(await(store().destroy(token.id()))).isTrue();
        assertThat(await(store().destroy(token.id()))).isFalse();
        assertThat(update(token, Map.of("a", "2"), Set.of(), TokenChange.KEEP)).isInstanceOf(Gone.class);
        assertThat(update(token, Map.of(), Set.of(), renew(newToken()))).isInstanceOf(Gone.class);
        assertThat(load(token)).isNull();
    }

    @Test
    protected void updateThatAsksForTheNewestTokenChangesNothingByAnother() {
        SessionToken token = create(SessionData.of("a", 1));
        StoredSession before = load(token);

        SessionUpdate update = new SessionUpdate(before, Presented.ifNewest(newToken().hash()), Map.of("a", "2"), Set.of(),
                TokenChange.KEEP, expiry(), Long.MAX_VALUE);
        assertThat(await(store().update(token.id(), update))).isInstanceOf(Superseded.class);
        StoredSession after = load(token);
        assertThat(after.data()).isEqualTo(before.data());
        assertThat(after.version()).isEqualTo(before.version());
    }

    @Test
    protected void updateThatNoClientAskedForAppliesAndKeepsTheToken() {
        SessionToken token = create(SessionData.of("a", 1));
        Updated updated = (Updated) update(token.id(), null, Map.of("a", "2"), Set.of(), TokenChange.KEEP, null);

        assertThat(load(token).data()).isEqualTo(SessionData.of("a", 2));
        assertThat(load(token).expiresAt()).isEqualTo(updated.expiresAt());
        assertThat(check(token)).isEqualTo(TokenState.Check.CURRENT);
    }

    @Test
    protected void renewalKillsTheOldTokenAtOnceAndKeepsTheData() {
        SessionToken token = create(SessionData.of("a", 1));
        StoredSession before = load(token);
        SessionToken next = token.renew(random);

        Updated renewed = (Updated) update(token, Map.of("b", "2"), Set.of(), renew(next));

        assertThat(renewed.token()).isEqualTo(PresentedToken.REPLACED);
        assertThat(load(token).renewedAt()).isEqualTo(renewed.now());
        assertThat(load(token).token())
                .isEqualTo(new TokenState(next.hash(), token.hash(), null, renewed.now().plus(LONG_GRACE),
                        TokenState.Kind.REVOKED, 2));
        assertThat(load(token).data()).isEqualTo(SessionData.of("a", 1, "b", 2));
        assertThat(updateOf(before, token, Map.of("a", "9"))).isInstanceOf(Superseded.class);
        assertThat(update(next, Map.of("a", "3"), Set.of(), TokenChange.KEEP)).isInstanceOf(Updated.class);
    }

    @Test
    protected void rotationAppliesOnlyToATokenOfThatAge() {
        SessionToken token = create(SessionData.of("a", 1));
        SessionToken next = token.renew(random);

        Updated early = (Updated) update(token, Map.of(), Set.of(), rotate(next, LONG_GRACE, NO_AGE));
        assertThat(early.token()).isEqualTo(PresentedToken.CURRENT);
        assertThat(load(token).token().check(token.hash(), load(token).now())).isEqualTo(TokenState.Check.CURRENT);

        Awaitility.await().until(() -> load(token).tokenAge().compareTo(SHORT_GRACE) >= 0);
        Updated due = (Updated) update(token, Map.of(), Set.of(), rotate(next, LONG_GRACE, SHORT_GRACE));
        assertThat(due.token()).isEqualTo(PresentedToken.REPLACED);
        assertThat(check(next)).isEqualTo(TokenState.Check.CURRENT);
        assertThat(load(token).renewedAt()).isEqualTo(due.now());

        Updated again = (Updated) update(next, Map.of(), Set.of(), rotate(token.renew(random), LONG_GRACE, NO_AGE));
        assertThat(again.token()).as("a new token is not old").isEqualTo(PresentedToken.CURRENT);
    }

    @Test
    protected void tokenThatWasRenewedOnPurposeIsKnownForAWhile() {
        SessionToken token = create(SessionData.of("a", 1));
        SessionToken next = token.renew(random);
        update(token, Map.of(), Set.of(), new TokenChange.Renew(next.hash(), SHORT_GRACE));
        StoredSession stored = load(token);

        assertThat(stored.token().check(token.hash(), stored.renewedAt())).isEqualTo(TokenState.Check.REPLACED);
        Awaitility.await().until(() -> check(token) == TokenState.Check.WRONG);
        assertThat(check(next)).isEqualTo(TokenState.Check.CURRENT);
    }

    @Test
    protected void allTokensThatARenewalOnPurposeKillsAreKnownForAWhile() {
        SessionToken token = create(SessionData.of("a", 1));
        SessionToken rotated = token.renew(random);
        update(token, Map.of(), Set.of(), rotate(rotated, LONG_GRACE, ANY_AGE));
        StoredSession before = load(token);
        SessionToken next = token.renew(random);
        update(token, Map.of(), Set.of(), renew(next));

        assertThat(check(token)).isEqualTo(TokenState.Check.REPLACED);
        assertThat(check(rotated)).isEqualTo(TokenState.Check.REPLACED);
        assertThat(updateOf(before, rotated, Map.of("a", "9"))).isInstanceOf(Superseded.class);
        assertThat(load(token).data()).isEqualTo(SessionData.of("a", 1));
    }

    @Test
    protected void secondRenewalOnPurposeForgetsNoTokenWhoseGraceIsNotOver() {
        SessionToken token = create(SessionData.of("a", 1));
        SessionToken second = token.renew(random);
        update(token, Map.of(), Set.of(), renew(second));
        SessionToken third = token.renew(random);
        update(second, Map.of(), Set.of(), renew(third));

        assertThat(check(token)).isEqualTo(TokenState.Check.REPLACED);
        assertThat(check(second)).isEqualTo(TokenState.Check.REPLACED);
        assertThat(check(third)).isEqualTo(TokenState.Check.CURRENT);
    }

    @Test
    protected void secondRenewalOnPurposeDoesNotProlongAGraceThatIsOver() {
        SessionToken token = create(SessionData.of("a", 1));
        SessionToken second = token.renew(random);
        update(token, Map.of(), Set.of(), new TokenChange.Renew(second.hash(), Duration.ZERO));
        update(second, Map.of(), Set.of(), renew(token.renew(random)));

        assertThat(check(token)).isEqualTo(TokenState.Check.WRONG);
        assertThat(check(second)).isEqualTo(TokenState.Check.REPLACED);
    }

    @Test
    protected void requestWhoseTokenWasValidWhenItCameMayFinishAfterATimedRenewal() {
        SessionToken token = create(SessionData.of("a", 1));
        StoredSession basis = load(token);
        SessionToken next = token.renew(random);
        update(token, Map.of(), Set.of(), rotate(next, SHORT_GRACE, ANY_AGE));
        Awaitility.await().until(() -> settle(next));
        assertThat(check(token)).isEqualTo(TokenState.Check.REPLAYED);

        SessionUpdate late = new SessionUpdate(basis, token.hash(), Map.of("b", "2"), Set.of(), TokenChange.KEEP, expiry());
        assertThat(await(store().update(token.id(), late))).isInstanceOfSatisfying(Updated.class,
                updated -> assertThat(updated.token()).isEqualTo(PresentedToken.IN_GRACE));
        assertThat(load(token).data()).isEqualTo(SessionData.of("a", 1, "b", 2));
        assertThat(check(next)).isEqualTo(TokenState.Check.CURRENT);
        assertThat(await(store().destroy(token.id(), new Presented(token.hash(), basis.version()))))
                .isEqualTo(DestroyResult.DESTROYED);
    }

    @Test
    protected void requestMayNotFinishAfterARenewalOnPurpose() {
        SessionToken token = create(SessionData.of("a", 1));
        StoredSession basis = load(token);
        update(token, Map.of(), Set.of(), renew(token.renew(random)));

        assertThat(await(store().update(token.id(),
                new SessionUpdate(basis, token.hash(), Map.of("b", "2"), Set.of(), TokenChange.KEEP, expiry()))))
                .isInstanceOf(Superseded.class);
        assertThat(load(token).data()).isEqualTo(SessionData.of("a", 1));
    }

    @Test
    protected void clientEndsItsSessionByAValidTokenOnly() {
        SessionToken token = create(SessionData.of("a", 1));
        SessionToken rotated = token.renew(random);
        update(token, Map.of(), Set.of(), rotate(rotated, LONG_GRACE, ANY_AGE));
        assertThat(await(store().destroy(token.id(), Presented.ifNewest(newToken().hash()))))
                .isEqualTo(DestroyResult.SUPERSEDED);
        assertThat(await(store().destroy(token.id(), presented(token)))).isEqualTo(DestroyResult.DESTROYED);
        assertThat(load(token)).isNull();
        assertThat(await(store().destroy(token.id(), presented(token)))).isEqualTo(DestroyResult.GONE);

        SessionToken second = create(SessionData.of("a", 1));
        SessionToken renewed = second.renew(random);
        Presented before = presented(second);
        update(second, Map.of(), Set.of(), renew(renewed));
        assertThat(await(store().destroy(second.id(), before))).isEqualTo(DestroyResult.SUPERSEDED);
        assertThat(load(second).data()).isEqualTo(SessionData.of("a", 1));
        assertThat(await(store().destroy(second.id(), presented(renewed)))).isEqualTo(DestroyResult.DESTROYED);
    }

    @Test
    protected void sessionIsReplacedByAValidTokenOnly() {
        SessionToken token = create(SessionData.of("a", 1));
        SessionToken other = newToken();
        NewSession another = new NewSession(other.hash(), SessionData.of("b", 2), expiry());

        Replaced refused = await(
                store().replace(token.id(), Presented.ifNewest(newToken().hash()), LONG_GRACE, other.id(), another));
        assertThat(refused).isEqualTo(new Replaced(DestroyResult.SUPERSEDED, null));
        assertThat(load(token).data()).isEqualTo(SessionData.of("a", 1));
        assertThat(load(other)).isNull();

        Replaced replaced = await(store().replace(token.id(), presented(token), Duration.ZERO, other.id(), another));
        assertThat(replaced.old()).isEqualTo(DestroyResult.DESTROYED);
        assertThat(load(token)).isNull();
        assertThat(load(other).createdAt()).isEqualTo(replaced.created().now());

        SessionToken third = newToken();
        Replaced afterTheEnd = await(store().replace(token.id(), presented(token), Duration.ZERO, third.id(),
                new NewSession(third.hash(), SessionData.empty(), expiry())));
        assertThat(afterTheEnd.old()).isEqualTo(DestroyResult.GONE);
        assertThat(load(third)).isNotNull();
    }

    @Test
    protected void whatIsLeftOfASessionThatWasReplacedIsNoSession() {
        SessionToken token = create(SessionData.of("a", 1));
        SessionToken other = newToken();
        Presented presented = presented(token);
        await(store().replace(token.id(), presented, LONG_GRACE, other.id(),
                new NewSession(other.hash(), SessionData.of("b", 2), expiry())));

        StoredSession left = load(token);
        assertThat(left == null || left.isReplaced()).isTrue();
        assertThat(load(other).isReplaced()).isFalse();
        assertThat(update(token, Map.of("a", "2"), Set.of(), TokenChange.KEEP)).isInstanceOf(Gone.class);
        assertThat(update(token.id(), null, Map.of("a", "2"), Set.of(), TokenChange.KEEP, null)).isInstanceOf(Gone.class);
        assertThat(await(store().destroy(token.id()))).isFalse();
        assertThat(await(store().destroy(token.id(), presented))).isNotEqualTo(DestroyResult.DESTROYED);
        assertThat(load(token)).usingRecursiveComparison().ignoringFields("now", "createdAt").isEqualTo(left);
        assertThat(load(other).data()).isEqualTo(SessionData.of("b", 2));
    }

    @Test
    protected void parallelUpdatesTogetherPassNoLimitOfFields() throws Exception {
        SessionToken token = create(SessionData.of(fields("f", SessionData.MAX_FIELDS - PARALLEL)));
        StoredSession basis = load(token);
        List<UpdateResult> results = inParallel(i -> () -> store().update(token.id(),
                new SessionUpdate(basis, presented(token), json(fields("g" + i + "-", 2)), Set.of(), TokenChange.KEEP, expiry(),
                        Long.MAX_VALUE)));

        assertThat(results).filteredOn(Updated.class::isInstance).hasSize(PARALLEL / 2);
        assertThat(results).filteredOn(UpdateResult.TooLarge.class::isInstance).hasSize(PARALLEL / 2).first()
                .isInstanceOfSatisfying(UpdateResult.TooLarge.class,
                        large -> assertThat(large.fields()).isEqualTo(SessionData.MAX_FIELDS + 2));
        StoredSession stored = load(token);
        assertThat(stored.data().names()).hasSize(SessionData.MAX_FIELDS);
        assertThat(stored.version()).isEqualTo(1 + PARALLEL / 2);
        assertThat(update(token, Map.of("f0", "9"), Set.of("f1"), TokenChange.KEEP)).isInstanceOf(Updated.class);
    }

    @Test
    protected void parallelUpdatesTogetherPassNoLimitOfSize() {
        SessionToken token = create(SessionData.of("a", "\u00e9\u00e9"));
        StoredSession basis = load(token);
        long limit = SessionData.of("a", "\u00e9\u00e9", "b", "\u4e16").sizeInBytes();

        assertThat(await(store().update(token.id(), sized(basis, token, Map.of("b", "\"\u4e16\""), Set.of(), limit))))
                .isInstanceOf(Updated.class);
        assertThat(await(store().update(token.id(), sized(basis, token, Map.of("c", "1"), Set.of(), limit))))
                .isEqualTo(new UpdateResult.TooLarge(limit + 2, 3));
        assertThat(load(token).data().names()).containsExactlyInAnyOrder("a", "b");
        assertThat(load(token).version()).isEqualTo(2);
        assertThat(await(store().update(token.id(), sized(basis, token, Map.of("c", "1"), Set.of("b"), limit))))
                .isInstanceOf(Updated.class);
    }

    @Test
    protected void flashValuesCountLikeFieldsInParallelUpdates() {
        SessionToken token = create(SessionData.of("a", 1));
        StoredSession basis = load(token);
        Map<String, String> value = Map.of("@flash:x:notice", "\"Saved\"");
        long limit = SessionData.of("a", 1).sizeInBytes() + SessionData.fromJson(value).sizeInBytes();

        assertThat(await(store().update(token.id(), sized(basis, token, value, Set.of(), limit)))).isInstanceOf(Updated.class);
        assertThat(await(store().update(token.id(), sized(basis, token, Map.of("@flash:y:notice", "1"), Set.of(), limit))))
                .isEqualTo(new UpdateResult.TooLarge(limit + "@flash:y:notice1".length(), 3));
        assertThat(await(store().update(token.id(), sized(basis, token, Map.of("b", "1"), Set.of("@flash:x:notice"), limit))))
                .isInstanceOf(Updated.class);
        assertThat(load(token).attributes()).isEmpty();
        assertThat(load(token).data()).isEqualTo(SessionData.of("a", 1, "b", 1));
    }

    @Test
    protected void whatMakesASessionSmallerIsNeverRefused() {
        SessionToken token = create(SessionData.of("a", "text", "b", "text"));
        StoredSession basis = load(token);
        update(token, Map.of("c", "1"), Set.of(), TokenChange.KEEP);

        assertThat(await(store().update(token.id(), sized(basis, token, Map.of("a", "1"), Set.of(), 1))))
                .isInstanceOf(Updated.class);
        assertThat(await(store().update(token.id(), sized(basis, token, Map.of("@label", "x"), Set.of("b"), 1))))
                .isInstanceOf(Updated.class);
        assertThat(load(token).data().names()).containsExactlyInAnyOrder("a", "c");
    }

    private SessionUpdate sized(StoredSession basis, SessionToken token, Map<String, String> changed, Set<String> removed,
            long maxSize) {
        return new SessionUpdate(basis, presented(token), changed, removed, TokenChange.KEEP, expiry(), maxSize);
    }

    private static Map<String, Integer> fields(String prefix, int count) {
        Map<String, Integer> fields = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            fields.put(prefix + i, i);
        }
        return fields;
    }

    private static Map<String, String> json(Map<String, Integer> fields) {
        return SessionData.of(fields).toJson();
    }

    @Test
    protected void rotatedTokenStaysValidInTheGracePeriodButRotatesNoMore() {
        SessionToken token = create(SessionData.of("a", 1));
        SessionToken next = token.renew(random);
        update(token, Map.of(), Set.of(), rotate(next, LONG_GRACE, ANY_AGE));

        assertThat(check(token)).isEqualTo(TokenState.Check.IN_GRACE);
        Updated late = (Updated) update(token, Map.of("b", "2"), Set.of(), rotate(token.renew(random), LONG_GRACE, ANY_AGE));
        assertThat(late.token()).isEqualTo(PresentedToken.IN_GRACE);
        assertThat(check(next)).isEqualTo(TokenState.Check.CURRENT);
        assertThat(load(token).data()).isEqualTo(SessionData.of("a", 1, "b", 2));
    }

    @Test
    protected void ofParallelRotationsOneWins() throws Exception {
        SessionToken token = create(SessionData.of("a", 1));
        StoredSession basis = load(token);
        List<UpdateResult> results = inParallel(i -> () -> store().update(token.id(), new SessionUpdate(basis, token.hash(),
                Map.of("f" + i, "1"), Set.of(), rotate(token.renew(random), LONG_GRACE, ANY_AGE), expiry())));

        assertThat(results).allMatch(Updated.class::isInstance);
        assertThat(results).filteredOn(result -> ((Updated) result).token() == PresentedToken.REPLACED).hasSize(1);
        assertThat(load(token).data().names()).hasSize(1 + PARALLEL);
        assertThat(load(token).version()).isEqualTo(1 + PARALLEL);
    }

    @Test
    protected void oldTokenIsRotatedAgainWhenItsSuccessorWasLost() {
        SessionToken token = create(SessionData.of("a", 1));
        SessionToken lost = token.renew(random);
        update(token, Map.of(), Set.of(), rotate(lost, SHORT_GRACE, ANY_AGE));
        Awaitility.await().until(() -> check(token) == TokenState.Check.SUCCESSOR_LOST);

        SessionToken next = token.renew(random);
        Updated again = (Updated) update(token, Map.of(), Set.of(), rotate(next, LONG_GRACE, NO_AGE));

        assertThat(again.token()).isEqualTo(PresentedToken.REPLACED);
        assertThat(check(next)).isEqualTo(TokenState.Check.CURRENT);
        assertThat(check(token)).isEqualTo(TokenState.Check.IN_GRACE);
        assertThat(check(lost)).as("a request that is under way with it").isEqualTo(TokenState.Check.IN_GRACE);
    }

    @Test
    protected void successorThatWasGivenUpAsLostIsAReplayWhenItComesBack() {
        SessionToken token = create(SessionData.of("a", 1));
        SessionToken lost = token.renew(random);
        update(token, Map.of(), Set.of(), rotate(lost, Duration.ZERO, ANY_AGE));
        SessionToken next = token.renew(random);
        update(token, Map.of(), Set.of(), rotate(next, Duration.ZERO, NO_AGE));

        assertThat(check(lost)).isEqualTo(TokenState.Check.REPLAYED);
        assertThat(check(token)).isEqualTo(TokenState.Check.SUCCESSOR_LOST);
    }

    @Test
    protected void useOfANewTokenInTheGracePeriodDoesNotProveThatTheClientHasKeptIt() {
        SessionToken token = create(SessionData.of("a", 1));
        SessionToken next = token.renew(random);
        update(token, Map.of(), Set.of(), rotate(next, LONG_GRACE, ANY_AGE));
        update(next, Map.of("b", "2"), Set.of(), TokenChange.KEEP);

        TokenState state = load(token).token();
        assertThat(state.kind()).isEqualTo(TokenState.Kind.UNSETTLED);
        assertThat(state.check(token.hash(), state.graceEnds())).isEqualTo(TokenState.Check.SUCCESSOR_LOST);
    }

    @Test
    protected void oldTokenIsAReplayOnceItsSuccessorWasUsedAndTheGraceIsOver() {
        SessionToken token = create(SessionData.of("a", 1));
        SessionToken next = token.renew(random);
        update(token, Map.of(), Set.of(), rotate(next, SHORT_GRACE, ANY_AGE));
        assertThat(load(token).token().kind()).isEqualTo(TokenState.Kind.UNSETTLED);

        Awaitility.await().until(() -> settle(next));
        assertThat(check(token)).isEqualTo(TokenState.Check.REPLAYED);
        assertThat(check(next)).isEqualTo(TokenState.Check.CURRENT);
    }

    @Test
    protected void updateStartsTheLifetimeAnewOnlyIfItIsToldTo() {
        SessionToken token = newToken();
        await(store().create(token.id(),
                new NewSession(token.hash(), SessionData.empty(), expiry(Duration.ofHours(1), null, null))));

        Updated same = (Updated) update(token.id(), token.hash(), Map.of("a", "1"), Set.of(), TokenChange.KEEP, null);
        assertThat(Duration.between(same.now(), same.expiresAt())).isLessThanOrEqualTo(Duration.ofHours(1));
        assertThat(timeToLive(token.id())).isLessThanOrEqualTo(Duration.ofHours(1).plus(SessionStore.EXPIRY_SLACK));

        Updated anew = (Updated) update(token, Map.of(), Set.of(), TokenChange.KEEP);
        assertThat(anew.expiresAt()).isEqualTo(anew.now().plus(DAY));
        assertThat(load(token).expiresAt()).isEqualTo(anew.expiresAt());
        assertThat(timeToLive(token.id())).isBetween(DAY, DAY.plus(SessionStore.EXPIRY_SLACK));
    }

    @Test
    protected void sessionIsKeptALittleLongerThanItsClientIsTold() {
        SessionToken token = create(SessionData.empty());
        assertThat(timeToLive(token.id())).isBetween(DAY.plus(SessionStore.EXPIRY_SLACK).minusSeconds(5),
                DAY.plus(SessionStore.EXPIRY_SLACK));
    }

    @Test
    protected void ownTimeoutIsKeptThroughLaterUpdates() {
        SessionToken token = create(SessionData.empty());
        Duration month = Duration.ofDays(30);
        update(token.id(), token.hash(), Map.of(), Set.of(), TokenChange.KEEP, expiry(DAY, month, null));

        assertThat(load(token).ownTimeout()).isEqualTo(month);
        Updated later = (Updated) update(token, Map.of("a", "1"), Set.of(), TokenChange.KEEP);
        assertThat(later.expiresAt()).isEqualTo(later.now().plus(month));
        assertThat(load(token).ownTimeout()).isEqualTo(month);
    }

    @Test
    protected void ownTimeoutCanBeGivenFromTheBeginning() {
        SessionToken token = newToken();
        Duration month = Duration.ofDays(30);
        Created created = await(
                store().create(token.id(), new NewSession(token.hash(), SessionData.empty(), expiry(DAY, month, null))));

        assertThat(created.expiresAt()).isEqualTo(created.now().plus(month));
        assertThat(load(token).ownTimeout()).isEqualTo(month);
    }

    @Test
    protected void nothingExtendsASessionBeyondItsAbsoluteTimeout() {
        Duration absolute = Duration.ofHours(2);
        SessionToken token = newToken();
        Created created = await(store().create(token.id(),
                new NewSession(token.hash(), SessionData.empty(), expiry(DAY, null, absolute))));
        assertThat(created.expiresAt()).isEqualTo(created.now().plus(absolute));

        Updated updated = (Updated) update(token.id(), token.hash(), Map.of("a", "1"), Set.of(), TokenChange.KEEP,
                expiry(DAY, Duration.ofDays(30), absolute));
        assertThat(updated.expiresAt()).isEqualTo(created.now().plus(absolute));
        assertThat(timeToLive(token.id())).isLessThanOrEqualTo(absolute.plus(SessionStore.EXPIRY_SLACK));
    }

    @Test
    protected void parallelUpdatesOfDifferentFieldsLoseNone() throws Exception {
        SessionToken token = create(SessionData.empty());
        StoredSession basis = load(token);
        List<UpdateResult> results = inParallel(i -> () -> store().update(token.id(), new SessionUpdate(basis, token.hash(),
                Map.of("f" + i, Integer.toString(i)), Set.of(), TokenChange.KEEP, expiry())));

        assertThat(results).allMatch(Updated.class::isInstance);
        StoredSession stored = load(token);
        assertThat(stored.version()).isEqualTo(1 + PARALLEL);
        for (int i = 0; i < PARALLEL; i++) {
            assertThat(stored.data().get("f" + i, Integer.class)).contains(i);
        }
    }

    @Test
    protected void updateAppliesWhileTheFieldsThatItExpectsStayTheSame() {
        assumeTransactions();
        SessionToken token = create(SessionData.of("a", 1, "b", LONG_TEXT));
        StoredSession basis = load(token);
        update(token, Map.of("c", "1"), Set.of(), TokenChange.KEEP);

        assertThat(expecting(basis, token, Map.of("a", "2"), new Expected(Set.of("a", "b", "absent"), false)))
                .isInstanceOfSatisfying(Updated.class, updated -> {
                    assertThat(updated.session().data()).isEqualTo(load(token).data());
                    assertThat(updated.session().version()).isEqualTo(3);
                });
        assertThat(load(token).data()).isEqualTo(SessionData.of("a", 2, "b", LONG_TEXT, "c", 1));
    }

    @Test
    protected void updateChangesNothingIfAFieldThatItExpectsHasChanged() {
        assumeTransactions();
        SessionToken token = create(SessionData.of("a", 1, "b", LONG_TEXT, "c", true));
        StoredSession basis = load(token);
        update(token, Map.of("a", "2", "b", '"' + LONG_TEXT + "!\"", "d", "1"), Set.of("c"), TokenChange.KEEP);
        StoredSession stored = load(token);

        for (String field : List.of("a", "b", "c", "d")) {
            assertThat(expecting(basis, token, Map.of("e", "1"), new Expected(Set.of("absent", field), false))).as(field)
                    .isInstanceOfSatisfying(UpdateResult.Changed.class,
                            changed -> assertThat(changed.session().at(stored.now())).isEqualTo(stored));
        }
        assertThat(load(token).at(stored.now())).isEqualTo(stored);
    }

    @Test
    protected void updateIsRefusedIfAnExpectedAttributeHasChanged() {
        assumeTransactions();
        String large = "x".repeat(20_000);
        SessionToken token = newToken();
        await(store().create(token.id(), new NewSession(token.hash(), SessionData.of("a", 1),
                Map.of("@private:same", large, "@private:changed", large, "@removed", "1"), expiry())));
        StoredSession basis = load(token);
        update(token, Map.of("@private:changed", large + '!', "@added", "1", "a", "2"), Set.of("@removed"), TokenChange.KEEP);
        StoredSession stored = load(token);

        for (String attribute : List.of("@private:changed", "@removed", "@added")) {
            assertThat(expecting(basis, token, Map.of("b", "1"), new Expected(Set.of("@private:same", attribute), false)))
                    .as(attribute).isInstanceOfSatisfying(UpdateResult.Changed.class,
                            changed -> assertThat(changed.session().at(stored.now())).isEqualTo(stored));
        }
        assertThat(load(token).at(stored.now())).isEqualTo(stored);
        assertThat(
                expecting(basis, token, Map.of("@private:same", "2"), new Expected(Set.of("@private:same", "@absent"), false)))
                .isInstanceOf(Updated.class);
        assertThat(load(token).attributes())
                .isEqualTo(Map.of("@private:same", "2", "@private:changed", large + '!', "@added", "1"));
    }

    @Test
    protected void updateThatExpectsEverythingAppliesToTheSameVersionOnly() {
        assumeTransactions();
        SessionToken token = create(SessionData.of("a", 1));
        StoredSession basis = load(token);

        assertThat(expecting(basis, token, Map.of("b", "1"), Expected.EVERYTHING)).isInstanceOf(Updated.class);
        assertThat(expecting(basis, token, Map.of("b", "2"), Expected.EVERYTHING)).isInstanceOf(UpdateResult.Changed.class);
        assertThat(load(token).data()).isEqualTo(SessionData.of("a", 1, "b", 1));
    }

    @Test
    protected void tokenCountsMoreThanWhatAnUpdateExpects() {
        assumeTransactions();
        SessionToken token = create(SessionData.of("a", 1));
        StoredSession basis = load(token);
        SessionToken next = newToken();
        update(token, Map.of("a", "2"), Set.of(), renew(next));

        assertThat(expecting(basis, token, Map.of("a", "3"), new Expected(Set.of("a"), false)))
                .isInstanceOf(UpdateResult.Superseded.class);
        await(store().destroy(token.id()));
        assertThat(expecting(basis, token, Map.of("a", "3"), new Expected(Set.of("a"), false))).isInstanceOf(Gone.class);
    }

    @Test
    protected void parallelIncrementsOfOneFieldAreAllCounted() throws Exception {
        assumeTransactions();
        SessionToken token = create(SessionData.of("count", 0));
        StoredSession basis = load(token);
        inParallel(i -> () -> {
            StoredSession last = basis;
            UpdateResult result;
            do {
                String next = Integer.toString(last.data().get("count", Integer.class).orElseThrow() + 1);
                result = expecting(last, token, Map.of("count", next), new Expected(Set.of("count"), false));
                last = result instanceof UpdateResult.Changed changed ? changed.session() : last;
            } while (result instanceof UpdateResult.Changed);
            return CompletableFuture.completedStage(result);
        });

        assertThat(load(token).data()).isEqualTo(SessionData.of("count", PARALLEL));
        assertThat(load(token).version()).isEqualTo(1 + PARALLEL);
    }

    private void assumeTransactions() {
        Assumptions.assumeTrue(store().isTransactional(), "The store is not transactional");
    }

    private UpdateResult expecting(StoredSession basis, SessionToken token, Map<String, String> changed, Expected expected) {
        return await(store().update(token.id(), new SessionUpdate(basis, new Presented(token.hash(), basis.version()), changed,
                Set.of(), TokenChange.KEEP, expiry(), Long.MAX_VALUE, expected)));
    }

    @Test
    protected void destroyAmongParallelUpdatesLeavesNothing() throws Exception {
        SessionToken token = create(SessionData.empty());
        StoredSession basis = load(token);
        inParallel(i -> () -> i == PARALLEL / 2
                ? store().destroy(token.id()).thenApply(ended -> new Gone())
                : store().update(token.id(),
                        new SessionUpdate(basis, token.hash(), Map.of("f" + i, "1"), Set.of(), TokenChange.KEEP, expiry())));
        assertThat(load(token)).isNull();
    }

    @Test
    protected void aThousandSessionsAreKeptApart() {
        List<SessionToken> tokens = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            tokens.add(create(SessionData.of("number", i)));
        }
        for (int i = 0; i < tokens.size(); i++) {
            assertThat(load(tokens.get(i)).data().get("number", Integer.class)).contains(i);
        }
    }

    /** A token of a session that is not stored. */
    protected final SessionToken newToken() {
        return SessionToken.generate(random);
    }

    /** The token of a stored session. */
    protected final SessionToken create(SessionData data) {
        SessionToken token = newToken();
        await(store().create(token.id(), new NewSession(token.hash(), data, expiry())));
        return token;
    }

    protected final StoredSession load(SessionToken token) {
        return await(store().load(token.id()));
    }

    protected final UpdateResult update(SessionToken token, Map<String, String> changed, Set<String> removed,
            TokenChange change) {
        return update(token.id(), token.hash(), changed, removed, change, expiry());
    }

    protected final UpdateResult update(SessionId id, TokenHash presented, Map<String, String> changed, Set<String> removed,
            TokenChange change, Expiry expiry) {
        return await(store().update(id, new SessionUpdate(basis(id), presented, changed, removed, change, expiry)));
    }

    /** The session as a request would have loaded it; for an absent session, as it might have been loaded before. */
    private StoredSession basis(SessionId id) {
        StoredSession stored = await(store().load(id));
        Instant now = Instant.now();
        return stored != null ? stored
                : new StoredSession(TokenState.only(newToken().hash()), SessionData.empty(), Map.of(), 1, now, null,
                        now.plus(DAY), null,
                        now);
    }

    protected static Expiry expiry() {
        return expiry(DAY, null, null);
    }

    protected static Expiry expiry(Duration timeout, Duration own, Duration absolute) {
        return new Expiry(timeout, own, absolute);
    }

    protected static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
    }

    private static TokenChange rotate(SessionToken next, Duration grace, Duration age) {
        return new TokenChange.Rotate(next.hash(), grace, age);
    }

    protected static TokenChange renew(SessionToken next) {
        return new TokenChange.Renew(next.hash(), LONG_GRACE);
    }

    /** The result of an update by a request that has loaded the session before. */
    private UpdateResult updateOf(StoredSession before, SessionToken presented, Map<String, String> changed) {
        return await(store().update(presented.id(),
                new SessionUpdate(before, presented.hash(), changed, Set.of(), TokenChange.KEEP, expiry())));
    }

    /** Uses a new token. True if the store knows that the client has kept it. */
    private boolean settle(SessionToken token) {
        assertThat(update(token.id(), token.hash(), Map.of(), Set.of(), TokenChange.KEEP, null)).isInstanceOf(Updated.class);
        return load(token).token().kind() == TokenState.Kind.SETTLED;
    }

    /** The token of a request that comes now. */
    protected final Presented presented(SessionToken token) {
        StoredSession stored = load(token);
        return new Presented(token.hash(), stored == null ? 1 : stored.version());
    }

    /** The newest token of a session, in a request that comes now. */
    protected final Presented presented(SessionId id) {
        StoredSession stored = await(store().load(id));
        return new Presented(stored.token().current(), stored.version());
    }

    private TokenState.Check check(SessionToken token) {
        StoredSession stored = load(token);
        return stored.token().check(token.hash(), stored.now());
    }

    protected static <T> List<T> inParallel(IntFunction<Supplier<CompletionStage<T>>> tasks) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(PARALLEL);
        try {
            CyclicBarrier start = new CyclicBarrier(PARALLEL);
            CountDownLatch done = new CountDownLatch(PARALLEL);
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < PARALLEL; i++) {
                Supplier<CompletionStage<T>> task = tasks.apply(i);
                futures.add(threads.submit(() -> {
                    start.await();
                    try {
                        return await(task.get());
                    } finally {
                        done.countDown();
                    }
                }));
            }
            assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }
}
