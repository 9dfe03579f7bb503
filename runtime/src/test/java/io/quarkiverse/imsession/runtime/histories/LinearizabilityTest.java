package io.quarkiverse.imsession.runtime.histories;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.spi.Expected;
import io.quarkiverse.imsession.spi.Expiry;
import io.quarkiverse.imsession.spi.NewSession;
import io.quarkiverse.imsession.spi.Presented;
import io.quarkiverse.imsession.spi.SessionUpdate;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.spi.TokenChange;
import io.quarkiverse.imsession.spi.TokenHash;
import io.quarkiverse.imsession.spi.TokenState;
import io.quarkiverse.imsession.spi.UpdateResult;
import io.quarkiverse.imsession.spi.UpdateResult.Changed;
import io.quarkiverse.imsession.spi.UpdateResult.Gone;
import io.quarkiverse.imsession.spi.UpdateResult.PresentedToken;
import io.quarkiverse.imsession.spi.UpdateResult.Superseded;
import io.quarkiverse.imsession.spi.UpdateResult.Updated;

/** The checker accepts what parallel clients of a right store may see, and nothing else. */
class LinearizabilityTest {

    private static final TokenHash FIRST = new TokenHash("first");
    private static final TokenHash SECOND = new TokenHash("second");
    private static final TokenHash THIRD = new TokenHash("third");
    private static final Expected A = new Expected(Set.of("a"), false);

    private final List<Call<SessionModel>> history = new ArrayList<>();

    @Test
    void acceptsOneCallAfterTheOther() {
        create(0, 1, SessionModel.SHORT);
        load(2, 3, found(1, Map.of(), TokenState.only(FIRST)));
        update(4, 5, FIRST, Map.of("a", "1"), rotate(SECOND), updated(PresentedToken.REPLACED));
        load(6, 7, found(2, Map.of("a", "1"), new TokenState(SECOND, FIRST, null, Instant.MAX, TokenState.Kind.UNSETTLED, 0)));
        update(8, 9, FIRST, Map.of(), rotate(THIRD), updated(PresentedToken.IN_GRACE));
        update(10, 11, FIRST, Map.of("b", "2"), TokenChange.KEEP, updated(PresentedToken.IN_GRACE));
        update(12, 13, SECOND, Map.of(), Lifetimes.renew(THIRD), updated(PresentedToken.REPLACED));
        update(14, 15, FIRST, Map.of(), TokenChange.KEEP, new Superseded());
        destroy(16, 17, true);
        update(18, 19, THIRD, Map.of(), TokenChange.KEEP, new Gone());
        destroy(20, 21, false);
        load(22, 23, null);
        assertAccepted();
    }

    @Test
    void acceptsParallelCallsInAnyOrder() {
        create(0, 1, SessionModel.LONG);
        update(2, 20, FIRST, Map.of("a", "1"), TokenChange.KEEP, updated(PresentedToken.CURRENT));
        update(3, 19, FIRST, Map.of("b", "2"), TokenChange.KEEP, updated(PresentedToken.CURRENT));
        load(4, 18, found(2, Map.of("b", "2"), TokenState.only(FIRST)));
        load(5, 17, found(1, Map.of(), TokenState.only(FIRST)));
        load(6, 16, found(3, Map.of("a", "1", "b", "2"), TokenState.only(FIRST)));
        assertAccepted();
    }

    @Test
    void acceptsThatACallWithoutAnAnswerWasDoneLaterOrNot() {
        create(0, 1, SessionModel.LONG);
        update(2, Call.NEVER, FIRST, Map.of("a", "1"), TokenChange.KEEP, null);
        update(3, Call.NEVER, FIRST, Map.of("b", "1"), TokenChange.KEEP, null);
        load(4, 5, found(1, Map.of(), TokenState.only(FIRST)));
        load(6, 7, found(2, Map.of("b", "1"), TokenState.only(FIRST)));
        assertAccepted();
    }

    @Test
    void rejectsALostField() {
        create(0, 1, SessionModel.LONG);
        update(2, 4, FIRST, Map.of("a", "1"), TokenChange.KEEP, updated(PresentedToken.CURRENT));
        update(3, 5, FIRST, Map.of("b", "2"), TokenChange.KEEP, updated(PresentedToken.CURRENT));
        load(6, 7, found(3, Map.of("b", "2"), TokenState.only(FIRST)));
        assertRejected();
    }

    @Test
    void rejectsARevivalAfterTheEnd() {
        create(0, 1, SessionModel.LONG);
        destroy(2, 3, true);
        update(4, 5, FIRST, Map.of("a", "1"), TokenChange.KEEP, updated(PresentedToken.CURRENT));
        assertRejected();
    }

    @Test
    void rejectsARevivalThatIsOnlySeen() {
        create(0, 1, SessionModel.LONG);
        update(2, 6, FIRST, Map.of("a", "1"), TokenChange.KEEP, updated(PresentedToken.CURRENT));
        destroy(3, 4, true);
        load(7, 8, found(1, Map.of("a", "1"), TokenState.only(FIRST)));
        assertRejected();
    }

    @Test
    void rejectsTwoEndsOfOneSession() {
        create(0, 1, SessionModel.LONG);
        destroy(2, 4, true);
        destroy(3, 5, true);
        assertRejected();
    }

    @Test
    void rejectsVersionsThatGoBack() {
        create(0, 1, SessionModel.LONG);
        update(2, 10, FIRST, Map.of("a", "1"), TokenChange.KEEP, updated(PresentedToken.CURRENT));
        load(3, 4, found(2, Map.of("a", "1"), TokenState.only(FIRST)));
        load(5, 6, found(1, Map.of(), TokenState.only(FIRST)));
        assertRejected();
    }

    @Test
    void rejectsAVersionThatWasGivenTwice() {
        create(0, 1, SessionModel.LONG);
        update(2, 4, FIRST, Map.of("a", "1"), TokenChange.KEEP, updated(PresentedToken.CURRENT));
        update(3, 5, FIRST, Map.of("b", "2"), TokenChange.KEEP, updated(PresentedToken.CURRENT));
        load(6, 7, found(2, Map.of("a", "1", "b", "2"), TokenState.only(FIRST)));
        assertRejected();
    }

    @Test
    void rejectsTwoWinnersOfOneRenewal() {
        create(0, 1, SessionModel.SHORT);
        update(2, 4, FIRST, Map.of(), rotate(SECOND), updated(PresentedToken.REPLACED));
        update(3, 5, FIRST, Map.of(), rotate(THIRD), updated(PresentedToken.REPLACED));
        assertRejected();
    }

    @Test
    void rejectsARenewalThatNobodyWins() {
        create(0, 1, SessionModel.SHORT);
        update(2, 4, FIRST, Map.of(), rotate(SECOND), updated(PresentedToken.IN_GRACE));
        update(3, 5, FIRST, Map.of(), rotate(THIRD), updated(PresentedToken.CURRENT));
        assertRejected();
    }

    @Test
    void rejectsThatAnOldTokenIsTakenAfterAnExplicitRenewal() {
        create(0, 1, SessionModel.LONG);
        update(2, 3, FIRST, Map.of(), Lifetimes.renew(SECOND), updated(PresentedToken.REPLACED));
        update(4, 5, FIRST, Map.of("a", "1"), TokenChange.KEEP, updated(PresentedToken.IN_GRACE));
        assertRejected();
    }

    @Test
    void rejectsAReadOfWhatWasNeverStored() {
        create(0, 1, SessionModel.LONG);
        update(2, 8, FIRST, Map.of("a", "1", "b", "1"), TokenChange.KEEP, updated(PresentedToken.CURRENT));
        load(3, 7, found(2, Map.of("a", "1"), TokenState.only(FIRST)));
        assertRejected();
    }

    @Test
    void rejectsAReadOfTheFuture() {
        create(0, 1, SessionModel.LONG);
        load(2, 3, found(2, Map.of("a", "1"), TokenState.only(FIRST)));
        update(4, 5, FIRST, Map.of("a", "1"), TokenChange.KEEP, updated(PresentedToken.CURRENT));
        assertRejected();
    }

    @Test
    void rejectsThatACallWithoutAnAnswerWasDoneTwice() {
        create(0, 1, SessionModel.LONG);
        update(2, Call.NEVER, FIRST, Map.of("a", "1"), TokenChange.KEEP, null);
        load(4, 5, found(3, Map.of("a", "1"), TokenState.only(FIRST)));
        assertRejected();
    }

    @Test
    void acceptsThatAnUpdateIsRepeatedOnWhatOthersHaveStored() {
        create(0, 1, SessionModel.LONG);
        update(2, 3, 1, Map.of(), Map.of("a", "1"), A, updated(PresentedToken.CURRENT));
        update(4, 5, 1, Map.of(), Map.of("a", "1"), A, new Changed(found(2, Map.of("a", "1"), TokenState.only(FIRST))));
        update(6, 7, 2, Map.of("a", "1"), Map.of("a", "2"), A, updated(PresentedToken.CURRENT));
        update(8, 9, 1, Map.of(), Map.of("b", "1"), new Expected(Set.of("b"), false), new Updated(PresentedToken.CURRENT,
                Instant.EPOCH, Instant.EPOCH, found(4, Map.of("a", "2", "b", "1"), TokenState.only(FIRST))));
        update(10, 11, 3, Map.of("a", "2"), Map.of("c", "1"), Expected.EVERYTHING,
                new Changed(found(4, Map.of("a", "2", "b", "1"), TokenState.only(FIRST))));
        assertAccepted();
    }

    @Test
    void rejectsALostUpdateOfAField() {
        create(0, 1, SessionModel.LONG);
        update(2, 4, 1, Map.of(), Map.of("a", "1"), A, updated(PresentedToken.CURRENT));
        update(3, 5, 1, Map.of(), Map.of("a", "1"), A, new Updated(PresentedToken.CURRENT, Instant.EPOCH, Instant.EPOCH,
                found(3, Map.of("a", "1"), TokenState.only(FIRST))));
        assertRejected();
    }

    @Test
    void rejectsAConflictOverAFieldThatNobodyHasChanged() {
        create(0, 1, SessionModel.LONG);
        update(2, 3, 1, Map.of(), Map.of("b", "1"), Expected.NOTHING, updated(PresentedToken.CURRENT));
        update(4, 5, 1, Map.of(), Map.of("a", "1"), A, new Changed(found(2, Map.of("b", "1"), TokenState.only(FIRST))));
        assertRejected();
    }

    @Test
    void rejectsAConflictThatIsAnsweredWithAnOlderSession() {
        create(0, 1, SessionModel.LONG);
        update(2, 3, 1, Map.of(), Map.of("a", "1"), A, updated(PresentedToken.CURRENT));
        update(4, 5, 1, Map.of(), Map.of("a", "1"), A, new Changed(found(1, Map.of(), TokenState.only(FIRST))));
        assertRejected();
    }

    @Test
    void rejectsAnAnswerWithoutWhatOthersHaveStored() {
        create(0, 1, SessionModel.LONG);
        update(2, 3, 1, Map.of(), Map.of("b", "1"), Expected.NOTHING, updated(PresentedToken.CURRENT));
        update(4, 5, 1, Map.of(), Map.of("a", "1"), A, updated(PresentedToken.CURRENT));
        assertRejected();
    }

    @Test
    void tellsHowFarItCame() {
        create(0, 1, SessionModel.LONG);
        update(2, 3, FIRST, Map.of("a", "1"), TokenChange.KEEP, updated(PresentedToken.CURRENT));
        load(4, 5, null);
        assertThat(Linearizability.violation(SessionModel.NONE, history)).hasValueSatisfying(report -> assertThat(report)
                .contains("0..1 create", "2..3 update", "and then none of:\n  4..5 load"));
    }

    /** The memoised search says the same as trying all orders. */
    @Test
    void agreesWithTryingAllOrders() {
        Random random = new Random(4711);
        int accepted = 0;
        for (int i = 0; i < 3000; i++) {
            List<Call<Integer>> calls = randomCalls(random);
            boolean expected = anyOrder(0, calls);
            assertThat(Linearizability.violation(0, calls).isEmpty()).as("%s", calls).isEqualTo(expected);
            accepted += expected ? 1 : 0;
        }
        assertThat(accepted).isBetween(300, 2700);
    }

    /** Writes and reads of a small number, some without an answer. */
    private static List<Call<Integer>> randomCalls(Random random) {
        List<Long> times = new ArrayList<>();
        int count = 2 + random.nextInt(5);
        for (long i = 0; i < 2 * count; i++) {
            times.add(i);
        }
        Collections.shuffle(times, random);
        List<Call<Integer>> calls = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long one = times.get(2 * i);
            long other = times.get(2 * i + 1);
            int value = random.nextInt(3);
            boolean write = random.nextBoolean();
            long returned = random.nextInt(6) == 0 ? Call.NEVER : Math.max(one, other);
            calls.add(new Call<>((write ? "write " : "read ") + value, Math.min(one, other), returned,
                    before -> write || before == value ? Integer.valueOf(value) : null));
        }
        return calls;
    }

    private static boolean anyOrder(int state, List<Call<Integer>> left) {
        if (left.stream().noneMatch(Call::isAnswered)) {
            return true;
        }
        for (Call<Integer> next : left) {
            if (left.stream().anyMatch(other -> other.returned() < next.invoked())) {
                continue;
            }
            Integer after = next.step().apply(state);
            List<Call<Integer>> rest = new ArrayList<>(left);
            rest.remove(next);
            if (after != null && anyOrder(after, rest)) {
                return true;
            }
        }
        return false;
    }

    private void assertAccepted() {
        assertThat(Linearizability.violation(SessionModel.NONE, history)).isEmpty();
    }

    private void assertRejected() {
        assertThat(Linearizability.violation(SessionModel.NONE, history)).isPresent();
    }

    private void create(long invoked, long returned, Expiry expiry) {
        add("create", invoked, returned, SessionModel.create(new NewSession(FIRST, SessionData.empty(), expiry), true));
    }

    private void load(long invoked, long returned, StoredSession found) {
        add("load", invoked, returned, SessionModel.load(found));
    }

    private void destroy(long invoked, long returned, boolean ended) {
        add("destroy", invoked, returned, SessionModel.destroy(ended));
    }

    private void update(long invoked, long returned, TokenHash presented, Map<String, String> changed, TokenChange change,
            UpdateResult result) {
        // Its basis is the session before it, so that the answer needs no session.
        add("update", invoked, returned, before -> SessionModel.update(
                new SessionUpdate(found(before.version(), Map.of(), TokenState.only(FIRST)), new Presented(presented, 1),
                        changed, Set.of(), change, SessionModel.LONG, Long.MAX_VALUE, Expected.NOTHING),
                result).apply(before));
    }

    private void update(long invoked, long returned, long basis, Map<String, String> loaded, Map<String, String> changed,
            Expected expected, UpdateResult result) {
        add("update", invoked, returned, SessionModel.update(
                new SessionUpdate(found(basis, loaded, TokenState.only(FIRST)), new Presented(FIRST, basis), changed, Set.of(),
                        TokenChange.KEEP, SessionModel.LONG, Long.MAX_VALUE, expected),
                result));
    }

    private void add(String name, long invoked, long returned, Call.Step<SessionModel> step) {
        history.add(new Call<>(name, invoked, returned, step));
    }

    private static TokenChange rotate(TokenHash next) {
        return Lifetimes.rotate(next);
    }

    private static UpdateResult updated(PresentedToken token) {
        return new Updated(token, Instant.EPOCH, Instant.EPOCH);
    }

    private static StoredSession found(long version, Map<String, String> data, TokenState token) {
        return new StoredSession(token, SessionData.fromJson(data), Map.of(), version, Instant.EPOCH, null, Instant.MAX, null,
                Instant.EPOCH);
    }
}
