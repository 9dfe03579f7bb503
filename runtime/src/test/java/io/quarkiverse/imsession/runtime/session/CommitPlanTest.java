package io.quarkiverse.imsession.runtime.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.quarkiverse.imsession.SessionCommittedException;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.runtime.config.ImSessionConfig.OnStoreFailure;
import io.quarkiverse.imsession.runtime.config.ImSessionConfig.Renewal;
import io.quarkiverse.imsession.runtime.session.CommitAction.Create;
import io.quarkiverse.imsession.runtime.session.CommitAction.Destroy;
import io.quarkiverse.imsession.runtime.session.CommitAction.Refuse;
import io.quarkiverse.imsession.runtime.session.CommitAction.Replace;
import io.quarkiverse.imsession.runtime.session.CommitAction.Update;
import io.quarkiverse.imsession.runtime.session.SessionState.Standing;
import io.quarkiverse.imsession.spi.Expected;
import io.quarkiverse.imsession.spi.Presented;
import io.quarkiverse.imsession.spi.SessionToken;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.spi.TokenChange;
import io.quarkiverse.imsession.spi.TokenState;

class CommitPlanTest {

    private static final Duration TIMEOUT = Duration.ofHours(24);
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Map<String, String> CLIENT = Map.of("@agent", "curl");
    private static final SessionData DATA = SessionData.of("a", 1, "b", 2);

    private final SecureRandom random = new SecureRandom();
    private final SessionToken token = SessionToken.generate(random);
    private final SessionToken other = token.renew(random);

    @Test
    void withoutASessionThereIsNothingToStore() {
        assertNothing(plan(SessionState.NONE));
        assertNothing(plan(SessionState.NONE.destroyed()));
        assertNothing(plan(SessionState.NONE.renewed(other)));
        assertNothing(plan(SessionState.NONE.touched()));
        assertNothing(plan(SessionState.NONE.withOwnTimeout(TIMEOUT)));
    }

    @Test
    void unchangedSessionIsNotStored() {
        assertNothing(plan(loaded()));
        assertNothing(plan(loaded().withData(SessionData.of("b", 2, "a", 1))));
        assertNothing(plan(loaded().withData(DATA.with("a", 9)).withData(DATA)));
    }

    @Test
    void newDataMakesASession() {
        Create create = (Create) plan(SessionState.NONE.withData(DATA, token));
        assertThat(create.token()).isEqualTo(token);
        assertThat(create.session().data()).isEqualTo(DATA);
        assertThat(create.session().expiry().ownTimeout()).isNull();
    }

    @Test
    void newSessionGetsTheLifetimeThatWasAskedForBefore() {
        Create create = (Create) plan(SessionState.NONE.withOwnTimeout(Duration.ofDays(30)).withData(DATA, token));
        assertThat(create.session().expiry().ownTimeout()).isEqualTo(Duration.ofDays(30));
    }

    @Test
    void sessionThatWasMadeAndDestroyedInOneRequestIsNothing() {
        assertNothing(plan(SessionState.NONE.withData(DATA, token).destroyed()));
    }

    @Test
    void onlyWhatChangedIsSent() {
        Update update = (Update) plan(loaded().withData(SessionData.of("a", 1, "b", 3, "c", 4)));
        assertThat(update.update().changed()).isEqualTo(Map.of("b", "3", "c", "4"));
        assertThat(update.update().removed()).isEmpty();
        assertThat(update.update().presented()).isEqualTo(new Presented(token.hash(), 1));
        assertThat(update.update().tokenChange()).isEqualTo(TokenChange.KEEP);
        assertThat(update.update().expiry()).isNotNull();
        assertThat(update.requested()).isTrue();

        Update removal = (Update) plan(loaded().withData(SessionData.of("a", 1)));
        assertThat(removal.update().changed()).isEmpty();
        assertThat(removal.update().removed()).isEqualTo(Set.of("b"));
    }

    @Test
    void destroyedSessionIsDestroyedWhateverElseWasAsked() {
        assertThat(plan(loaded().withData(DATA.with("c", 1)).renewed(other).destroyed()))
                .isEqualTo(destroyed());
        assertThat(plan(loaded().destroyed().renewed(other).touched())).isEqualTo(destroyed());
    }

    @Test
    void sessionAfterADestroyedOneIsAnotherOne() {
        SessionToken another = SessionToken.generate(random);
        Replace replace = (Replace) plan(loaded().destroyed().withData(SessionData.of("x", 1), another));
        assertThat(replace.old()).isEqualTo(destroyed());
        assertThat(replace.create().token()).isEqualTo(another);
        assertThat(replace.create().session().data()).isEqualTo(SessionData.of("x", 1));
    }

    @Test
    void renewalReplacesTheTokenAndSendsChangesAlong() {
        Update update = (Update) plan(loaded().renewed(other).withData(DATA.with("c", 1)));
        assertThat(update.update().tokenChange()).isEqualTo(new TokenChange.Renew(update.next().hash(), GRACE));
        assertThat(update.next().id()).isEqualTo(token.id());
        assertThat(update.update().changed()).isEqualTo(Map.of("c", "1", "@agent", "curl", "@authenticated", "token"));
        assertThat(update.requested()).isTrue();
    }

    @Test
    void newSessionKeepsItsClientAndLabel() {
        Create create = (Create) plan(SessionState.NONE.withLabel("Ada's phone").withData(DATA, token));
        assertThat(create.session().attributes()).isEqualTo(Map.of("@agent", "curl", "@label", "Ada's phone"));
    }

    @Test
    void labelIsStoredIfItIsAnotherOne() {
        Update update = (Update) plan(loaded().withLabel("Ada's phone"));
        assertThat(update.update().changed()).isEqualTo(Map.of("@label", "Ada's phone"));
        assertThat(update.requested()).isTrue();
        assertNothing(plan(loaded().withLabel("")));
        assertNothing(plan(SessionState.NONE.withLabel("Ada's phone")));
    }

    @Test
    void privateAttributeIsChangedOnlyIfItIsAsItWasLoaded() {
        Update update = (Update) plan(loaded(DATA, Map.of("@private:a", "1", "@private:b", "1")).with("@private:a", "")
                .with("@private:b", "1").withLabel("phone"));
        assertThat(update.update().expected()).isEqualTo(new Expected(Set.of("@private:a"), false));
        assertThat(((Update) plan(loaded().withLabel("phone"))).update().expected()).isEqualTo(Expected.NOTHING);
    }

    @Test
    void attributeThatBecomesEmptyIsRemoved() {
        Update update = (Update) plan(loaded(DATA, Map.of("@label", "phone")).withLabel(""));
        assertThat(update.update().changed()).isEmpty();
        assertThat(update.update().removed()).containsExactly("@label");
        assertThat(update.requested()).isTrue();
        Create create = (Create) plan(SessionState.NONE.withLabel("").withData(DATA, token));
        assertThat(create.session().attributes()).isEqualTo(CLIENT);
    }

    @Test
    void flashValueThatWasReadIsRemovedAsNobodyAskedForThat() {
        SessionState loaded = loaded(DATA, Map.of("@flash:a:notice", "1", "@flash:b:error", "2"));
        Update update = (Update) plan(loaded.with(Map.of("@flash:a:notice", "")));
        assertThat(update.update().changed()).isEmpty();
        assertThat(update.update().removed()).containsExactly("@flash:a:notice");
        assertThat(update.update().expiry()).isNotNull();
        assertThat(update.requested()).isFalse();
        assertThat(((Update) plan(loaded.with(Map.of("@flash:a:notice", "", "@flash:c:notice", "3")))).requested()).isTrue();
        assertNothing(plan(loaded.with(Map.of("@flash:c:notice", ""))));
    }

    @Test
    void loginIsStoredBesideTheDataAndTheLabel() {
        Login login = Login.of("ada", Set.of("admin"));
        Create create = (Create) plan(
                SessionState.NONE.withData(login.after(null, DATA), token).with(Attributes.LOGIN, login.encode())
                        .withLabel("Ada's phone"));
        assertThat(create.session().data()).isEqualTo(DATA.with("principal", "ada"));
        assertThat(create.session().attributes())
                .isEqualTo(Map.of("@agent", "curl", "@label", "Ada's phone", "@login", login.encode()));

        Update update = (Update) plan(loaded().withData(login.after(null, DATA)).with(Attributes.LOGIN, login.encode()));
        assertThat(update.update().changed()).isEqualTo(Map.of("principal", "\"ada\"", "@login", login.encode()));
    }

    @Test
    void loginThatIsTakenBackInItsRequestIsNotStored() {
        Login login = Login.of("ada", Set.of("admin"));
        Map<String, String> of = Map.of("@login", login.encode(), "@private:oidc", "tokens", "@label", "Ada's phone");
        Create create = (Create) plan(SessionState.NONE.withData(login.after(null, DATA), token).with(of).withData(DATA));
        assertThat(create.session().attributes()).isEqualTo(Map.of("@agent", "curl", "@label", "Ada's phone"));

        Update update = (Update) plan(loaded().withData(login.after(null, DATA)).with(of).withData(DATA.with("c", 1)));
        assertThat(update.update().changed()).isEqualTo(Map.of("c", "1", "@label", "Ada's phone"));
        assertThat(update.update().removed()).containsExactlyInAnyOrder("@login", "@authenticated", "@private:oidc");
    }

    @Test
    void loginIsRemovedWithTheChangeThatEndsIt() {
        Login login = Login.of("ada", Set.of("admin"));
        SessionData data = login.after(null, DATA);
        SessionState loaded = loaded(data, Map.of("@login", login.encode()));
        Update ended = (Update) plan(loaded.withData(DATA));
        assertThat(ended.update().removed()).containsExactlyInAnyOrder("principal", "@login", "@authenticated");
        Update other = (Update) plan(loaded.withData(data.with("principal", "bob")));
        assertThat(other.update().removed()).containsExactlyInAnyOrder("@login", "@authenticated");
        Update kept = (Update) plan(loaded.withData(data.with("a", 9)));
        assertThat(kept.update().removed()).isEmpty();
    }

    @Test
    void timedRenewalKeepsTheSecretOfCsrfTokensAndAnExplicitOneDropsIt() {
        SessionState old = loaded(TokenState.Check.CURRENT, true, TIMEOUT.dividedBy(4));
        Update timed = (Update) plan(old);
        assertThat(timed.update().changed()).containsEntry("@csrf", CsrfSecret.of(token.hash()).encode());
        Update explicit = (Update) plan(old.renewed(other));
        assertThat(explicit.update().removed()).contains("@csrf");
        assertThat(explicit.update().changed()).doesNotContainKey("@csrf");
    }

    @Test
    void timedRenewalKeepsTheTimeOfAuthenticationAndAnExplicitOneSetsIt() {
        SessionState old = loaded(TokenState.Check.CURRENT, true, TIMEOUT.dividedBy(4), DATA,
                Map.of("@authenticated", "token"));
        Update timed = (Update) plan(old);
        assertThat(timed.update().changed()).containsEntry("@authenticated",
                Long.toString(old.loaded().stored().renewedAt().toEpochMilli()));
        Update explicit = (Update) plan(old.renewed(other));
        assertThat(explicit.update().removed()).containsExactly("@csrf");
        assertThat(explicit.update().changed()).doesNotContainKey("@authenticated");
        Update kept = (Update) plan(loaded(DATA, Map.of("@authenticated", "7")).renewed(other));
        assertThat(kept.update().changed()).containsEntry("@authenticated", "token");
        assertThat(((Update) plan(old, 200, policy(Renewal.TOUCH))).update().changed()).isEmpty();
    }

    @Test
    void touchStartsTheLifetimeAnew() {
        assertThat(((Update) plan(loaded().touched())).update().expiry().ownTimeout()).isNull();
        assertThat(((Update) plan(loaded().withOwnTimeout(Duration.ofDays(30)))).update().expiry().ownTimeout())
                .isEqualTo(Duration.ofDays(30));
    }

    @Test
    void serverErrorDiscardsAllChanges() {
        assertNothing(plan(loaded().withData(DATA.with("c", 1)), 500, policy(Renewal.ROTATE)));
        assertNothing(plan(loaded().destroyed(), 503, policy(Renewal.ROTATE)));
        assertNothing(plan(SessionState.NONE.withData(DATA, token), 500, policy(Renewal.ROTATE)));
        assertThat(plan(loaded().withData(DATA.with("c", 1)), 499, policy(Renewal.ROTATE))).isInstanceOf(Update.class);
        assertThat(plan(loaded().withData(DATA.with("c", 1)), 500,
                policy(Renewal.ROTATE, null, null, true))).isInstanceOf(Update.class);
    }

    @Test
    void littleRemainingLifetimeRenewsByPolicy() {
        SessionState old = loaded(TokenState.Check.CURRENT, true, TIMEOUT.dividedBy(4));

        Update rotated = (Update) plan(old, 200, policy(Renewal.ROTATE));
        assertThat(rotated.update().tokenChange()).isInstanceOf(TokenChange.Rotate.class);
        assertThat(rotated.requested()).isFalse();
        Update touched = (Update) plan(old, 200, policy(Renewal.TOUCH));
        assertThat(touched.update().tokenChange()).isEqualTo(TokenChange.KEEP);
        assertThat(touched.update().expiry()).isNotNull();
        assertNothing(plan(old, 200, policy(Renewal.NONE)));
    }

    @Test
    void enoughRemainingLifetimeIsLeftAlone() {
        assertNothing(plan(loaded(TokenState.Check.CURRENT, true, TIMEOUT.dividedBy(2))));
    }

    @Test
    void extensionThatWouldGainNothingIsNotTried() {
        // The absolute timeout ends in two hours: no renewal gives more than that.
        SessionState old = loaded(TokenState.Check.CURRENT, TokenState.only(token.hash()), Duration.ofHours(2), Duration.ZERO,
                DATA, Map.of());
        Duration absolute = Duration.between(NOW.minus(Duration.ofDays(3)), NOW.plus(Duration.ofHours(2)));
        assertNothing(plan(old, 200, policy(Renewal.ROTATE, absolute, Duration.ofMinutes(1), false)));
    }

    @Test
    void supersededTokenDoesNotRenewAgainInTheGracePeriod() {
        assertNothing(plan(loaded(TokenState.Check.IN_GRACE, false, Duration.ofHours(1))));
    }

    @Test
    void lostSuccessorIsReplacedHoweverMuchLifetimeIsLeft() {
        Update update = (Update) plan(loaded(TokenState.Check.SUCCESSOR_LOST, false, TIMEOUT));
        assertThat(update.update().tokenChange()).isInstanceOf(TokenChange.Rotate.class);
    }

    /** Parallel requests of the user do the same, and one of them suffices. */
    @Test
    void renewalForAUserWhomTheSessionDoesNotKeepNeedNotSucceed() {
        SessionState owned = loaded().renewed(other).with("@owner", "org.acme.Mechanism ada");
        Update update = (Update) plan(owned);
        assertThat(update.update().tokenChange()).isInstanceOf(TokenChange.Renew.class);
        assertThat(update.requested()).isFalse();
        assertThat(((Update) plan(owned.withData(DATA.with("c", 1)))).requested()).isTrue();
        assertThat(((Update) plan(loaded().renewed(other))).requested()).isTrue();
    }

    @Test
    void firstUseOfANewTokenAfterTheGracePeriodIsNotedWithoutANewLifetime() {
        Update update = (Update) plan(loaded(TokenState.Check.CURRENT, false, TIMEOUT));
        assertThat(update.update().expiry()).isNull();
        assertThat(update.update().changed()).isEmpty();
        assertThat(update.requested()).isFalse();
    }

    @Test
    void useOfANewTokenInTheGracePeriodProvesNothingAndIsNotNoted() {
        TokenState state = new TokenState(token.hash(), other.hash(), null, NOW.plusMillis(1), TokenState.Kind.UNSETTLED, 0);
        assertNothing(plan(loaded(TokenState.Check.CURRENT, state, TIMEOUT, DATA, Map.of())));
    }

    @Test
    void tokenIsReplacedByItsAgeHoweverMuchTheSessionIsUsed() {
        SessionState used = aged(TIMEOUT.multipliedBy(3).dividedBy(4));
        Update update = (Update) plan(used.withData(DATA.with("c", 1)));
        assertThat(update.update().tokenChange()).isEqualTo(
                new TokenChange.Rotate(update.next().hash(), GRACE, policy(Renewal.ROTATE).renewalAge(TIMEOUT)));
        assertThat(update.update().changed()).containsEntry("c", "1");
        assertThat(update.requested()).isTrue();
        assertThat(((Update) plan(used)).next()).isNotNull();
        assertThat(((Update) plan(aged(TIMEOUT.dividedBy(2)).withData(DATA.with("c", 1)))).next()).isNull();
    }

    @Test
    void renewalIntervalDecidesAtWhichAgeATokenIsReplaced() {
        SessionPolicy hourly = policy(Renewal.ROTATE, Duration.ofHours(1));
        assertThat(((Update) plan(aged(Duration.ofHours(1)), 200, hourly)).next()).isNotNull();
        assertNothing(plan(aged(Duration.ofHours(1).minusMillis(1)), 200, hourly));
        assertNothing(plan(aged(Duration.ofHours(1)), 200, policy(Renewal.TOUCH, Duration.ofHours(1))));
        // A session that is only read is extended all the same.
        Update touched = (Update) plan(loaded(TokenState.Check.CURRENT, true, TIMEOUT.dividedBy(4)), 200,
                policy(Renewal.ROTATE, TIMEOUT.multipliedBy(2)));
        assertThat(touched.update().tokenChange()).isEqualTo(TokenChange.KEEP);
        assertThat(touched.update().expiry()).isNotNull();
    }

    @Test
    void sessionOfAVisitorKeepsNoTimeOfAuthenticationAndARenewalBeforeItIsMadeDoes() {
        Update timed = (Update) plan(loaded(TokenState.Check.CURRENT, true, TIMEOUT.dividedBy(4)));
        assertThat(timed.update().changed()).doesNotContainKey("@authenticated");
        Create visitor = (Create) plan(SessionState.NONE.withData(DATA, token));
        assertThat(visitor.session().attributes()).doesNotContainKey("@authenticated");
        for (SessionState renewed : List.of(SessionState.NONE.renewed(null).withData(DATA, token),
                SessionState.NONE.withData(DATA, token).renewed(null))) {
            assertThat(((Create) plan(renewed)).session().attributes()).containsEntry("@authenticated", "token");
        }
        SessionState anew = SessionState.NONE.withData(DATA, token).renewed(null).destroyed().withData(DATA, token);
        assertThat(((Create) plan(anew)).session().attributes()).doesNotContainKey("@authenticated");
    }

    @Test
    void holderOfATokenThatWasReplacedOnPurposeCanMakeAndEndNothing() {
        SessionState replaced = SessionState.none(Standing.REPLACED);
        for (SessionState asked : List.of(replaced.withData(DATA, token),
                replaced.withData(DATA, token).readOnly(SessionCommittedException::new),
                replaced.destroyed(), replaced.withData(DATA, token).destroyed(), replaced.renewed(null), replaced.touched(),
                replaced.withOwnTimeout(Duration.ofHours(1)), replaced.withLabel("phone"), loggedIn(replaced))) {
            assertThat(plan(asked)).isInstanceOf(Refuse.class);
        }
        assertNothing(plan(replaced));
        assertNothing(plan(replaced.withData(DATA, token), 500, policy(Renewal.ROTATE)));
    }

    @ParameterizedTest
    @EnumSource(names = { "AMBIGUOUS", "ELSEWHERE" })
    void ofARequestThatMayHaveASessionOfItsOwnOnlyALogInIsStored(Standing standing) {
        SessionState none = SessionState.none(standing);
        for (SessionState asked : List.of(none.withData(DATA, token), none.destroyed(), none.touched(), none.renewed(null),
                loggedIn(none).destroyed(), none.withData(DATA, token).renewed(null).destroyed())) {
            assertThat(plan(asked)).isInstanceOf(Refuse.class);
        }
        assertThat(plan(loggedIn(none))).isInstanceOf(Create.class);
        assertThat(plan(none.withData(DATA, token).renewed(null))).isInstanceOf(Create.class);
        assertThat(plan(none.renewed(null).withData(DATA, token))).isInstanceOf(Create.class);
        assertNothing(plan(none));
    }

    private SessionState loggedIn(SessionState state) {
        Login login = Login.of("ada", Set.of());
        return state.withData(login.after(null, DATA), token).with(Attributes.LOGIN, login.encode());
    }

    @Test
    void touchIntervalTouchesAtMostOnceInIt() {
        SessionPolicy policy = policy(Renewal.ROTATE, null, Duration.ofMinutes(5), false);
        assertNothing(plan(loaded(TokenState.Check.CURRENT, true, TIMEOUT.minusMinutes(4)), 200, policy));
        Update update = (Update) plan(loaded(TokenState.Check.CURRENT, true, TIMEOUT.minusMinutes(5)), 200, policy);
        assertThat(update.update().tokenChange()).isEqualTo(TokenChange.KEEP);
        assertThat(update.update().expiry()).isNotNull();
    }

    private SessionState loaded() {
        return loaded(TokenState.Check.CURRENT, true, TIMEOUT);
    }

    private SessionState loaded(SessionData data, Map<String, String> attributes) {
        return loaded(TokenState.Check.CURRENT, true, TIMEOUT, data, attributes);
    }

    private SessionState loaded(TokenState.Check check, boolean seen, Duration remaining) {
        return loaded(check, seen, remaining, DATA, Map.of());
    }

    private SessionState loaded(TokenState.Check check, boolean settled, Duration remaining, SessionData data,
            Map<String, String> attributes) {
        TokenState state = settled ? TokenState.only(token.hash())
                : new TokenState(token.hash(), other.hash(), null, NOW, TokenState.Kind.UNSETTLED, 0);
        return loaded(check, state, remaining, data, attributes);
    }

    /** Its token is as old as its lifetime: it was only read since. */
    private SessionState loaded(TokenState.Check check, TokenState state, Duration remaining, SessionData data,
            Map<String, String> attributes) {
        return loaded(check, state, remaining, TIMEOUT.minus(remaining), data, attributes);
    }

    /** A session whose lifetime has begun anew since it got its token. */
    private SessionState aged(Duration age) {
        return loaded(TokenState.Check.CURRENT, TokenState.only(token.hash()), TIMEOUT, age, DATA, Map.of());
    }

    private SessionState loaded(TokenState.Check check, TokenState state, Duration remaining, Duration age, SessionData data,
            Map<String, String> attributes) {
        StoredSession stored = new StoredSession(state, data, attributes, 1, NOW.minus(Duration.ofDays(3)), NOW.minus(age),
                NOW.plus(remaining), null, NOW);
        return SessionState.of(new LoadedSession(token, check, stored));
    }

    private Destroy destroyed() {
        return new Destroy(token.id(), new Presented(token.hash(), 1), Optional.empty());
    }

    private CommitAction plan(SessionState state) {
        return plan(state, 200, policy(Renewal.ROTATE));
    }

    private CommitAction plan(SessionState state, int status, SessionPolicy policy) {
        return CommitPlan.of(state, status, policy, old -> old.renew(random), () -> CLIENT);
    }

    private static SessionPolicy policy(Renewal renewal) {
        return policy(renewal, null, null, false);
    }

    private static SessionPolicy policy(Renewal renewal, Duration interval) {
        return policy(renewal, interval, null, null, false);
    }

    private static SessionPolicy policy(Renewal renewal, Duration absolute, Duration touchInterval,
            boolean commitOnServerError) {
        return policy(renewal, null, absolute, touchInterval, commitOnServerError);
    }

    private static SessionPolicy policy(Renewal renewal, Duration interval, Duration absolute, Duration touchInterval,
            boolean commitOnServerError) {
        return new SessionPolicy(TIMEOUT, absolute, renewal, interval, 0.33, GRACE, false, touchInterval, 65536,
                commitOnServerError, OnStoreFailure.FAIL, java.util.Set.of(), true);
    }

    private static void assertNothing(CommitAction action) {
        assertThat(action).isNull();
    }
}
