package io.quarkiverse.imsession.runtime.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.Reference;
import io.quarkiverse.imsession.SessionConflictException;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionEvent;
import io.quarkiverse.imsession.SessionEvent.ActingBegan;
import io.quarkiverse.imsession.SessionEvent.ActingEnded;
import io.quarkiverse.imsession.SessionEvent.Destroyed;
import io.quarkiverse.imsession.SessionEvent.Rejected;
import io.quarkiverse.imsession.SessionEvent.Renewed;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.SessionInfo;
import io.quarkiverse.imsession.SessionTooLargeException;
import io.quarkiverse.imsession.runtime.admin.SessionAdministration;
import io.quarkiverse.imsession.runtime.config.ImSessionConfig.OnStoreFailure;
import io.quarkiverse.imsession.runtime.config.ImSessionConfig.Renewal;
import io.quarkiverse.imsession.runtime.journal.SessionJournal;
import io.quarkiverse.imsession.runtime.session.CommitResult.Remove;
import io.quarkiverse.imsession.runtime.session.CommitResult.Send;
import io.quarkiverse.imsession.runtime.store.MemoryAccess;
import io.quarkiverse.imsession.spi.JournalStore;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.test.MovableClock;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;

/** Users who act for others. */
class ActingTest {

    private static final Duration BOUND = Duration.ofMinutes(30);
    private static final ActingRules RULES = new ActingRules(Set.of("support", "owner"), Set.of("admin"), BOUND);
    private static final Set<String> REFERENCES = Set.of(ImSession.PRINCIPAL, ImSession.ACTED_BY, "oidc.sid");
    private static final String WHY = "ticket 4711";

    private final MovableClock clock = new MovableClock();
    private final GuardedStore store = new GuardedStore(MemoryAccess.store(1000, clock), SessionMetrics.NONE);
    private final List<SessionEvent> fired = new CopyOnWriteArrayList<>();
    private final SessionJournal journal = new SessionJournal(store.journals(), Set.of(ImSession.PRINCIPAL),
            new JournalStore.Limits(100, Duration.ofDays(1)), () -> {
            });
    private final Instance instance = new Instance(RULES);

    /** An instance of the application. */
    private final class Instance {

        final SessionLoader loader;
        final SessionCommitter committer;
        final SessionAdministration sessions;

        Instance(ActingRules rules) {
            SessionPolicy policy = new SessionPolicy(Duration.ofHours(1), null, Renewal.ROTATE, null, 0.33,
                    Duration.ofSeconds(10), false, null, 10_000, false, OnStoreFailure.FAIL, REFERENCES, true, rules,
                    false);
            TokenCodec tokens = new TokenCodec(List.of());
            SessionEvents events = new SessionEvents(SessionMetrics.NONE, List.of(), fired::add, journal);
            UpdateTurns turns = new UpdateTurns();
            committer = new SessionCommitter(store, turns, tokens, policy, events, null);
            loader = new SessionLoader(store, tokens, policy, events, committer);
            sessions = new SessionAdministration(store, turns, policy, events, REFERENCES);
        }

        RequestSession request(String token) {
            return join(loader.load(Set.of(token), Set::of));
        }

        CommitResult commit(RequestSession session) {
            CompletionStage<CommitResult> stored = committer.commit(session, 200, false);
            return stored == null ? CommitResult.KEEP : join(stored);
        }
    }

    @Test
    void whoeverActsHasTheIdentityOfTheUserAndAnotherTokenAndNoData() {
        String sue = logIn("sue", "support");
        change(sue, session -> {
            session.update(data -> data.with("note", "of sue"));
            session.label("Phone of Sue");
            session.flash().put("notice", "Welcome, Sue");
        });
        String anna = act(sue, "anna", "customer");

        assertThat(id(anna)).isEqualTo(id(sue));
        assertThat(stored(anna).attributes()).containsOnlyKeys(Attributes.LOGIN, Attributes.ACTING);
        RequestSession session = instance.request(anna);
        assertThat(session.principal()).contains("anna");
        assertThat(session.actor()).contains("sue");
        assertThat(session.login().roles()).containsExactly("customer");
        assertThat(session.data()).isEqualTo(SessionData.of(ImSession.PRINCIPAL, "anna", ImSession.ACTED_BY, "sue"));
        assertThat(instance.request(sue).exists()).as("the old token").isFalse();
    }

    @Test
    void whoeverBeginsToActAndTakesTheUserAwayGetsTheNewTokenAndIsNobody() {
        String sue = logIn("sue", "support");
        fired.clear();
        String token = ((Send) change(sue, session -> {
            session.actAs("anna", Set.of(), WHY);
            session.update(data -> data.without(ImSession.PRINCIPAL));
        })).token();

        RequestSession session = instance.request(token);
        assertThat(session.exists()).isTrue();
        assertThat(session.principal()).isEmpty();
        assertThat(stored(token).attributes()).doesNotContainKey(Attributes.LOGIN);
        assertThat(fired).extracting(Object::getClass).contains(ActingBegan.class);
    }

    @Test
    void bothNamesAndTheReasonAreToldInOrder() {
        String sue = logIn("sue", "support");
        fired.clear();
        String anna = act(sue, "anna");
        Instant until = Acting.of(stored(anna).attributes()).until();
        assertThat(fired).containsExactly(new Renewed(id(anna), false),
                new ActingBegan(id(anna), "sue", "anna", WHY, until));
        assertThat(fired.toString().replace(id(anna).value(), "")).doesNotContain("sue", "anna", WHY);
        fired.clear();
        assertThat(change(anna, ImSession::endActing)).isInstanceOf(Remove.class);
        assertThat(fired).containsExactly(new ActingEnded(id(anna), "sue", "anna"),
                new Destroyed(id(anna), Destroyed.Cause.REQUEST, Optional.of("anna")));
        assertThat(fired.toString().replace(id(anna).value(), "")).doesNotContain("sue", "anna");
    }

    @Test
    void journalsOfBothTellWhoActed() {
        String anna = act(logIn("sue", "support"), "anna");
        change(anna, ImSession::endActing);
        assertThat(told("anna")).containsExactly("ENDED sue", "ACTED_FOR sue");
        assertThat(told("sue")).containsExactly("ENDED sue", "LOGGED_IN ");
    }

    private List<String> told(String user) {
        return join(journal.read(Reference.of(ImSession.PRINCIPAL, user), 10)).stream()
                .map(entry -> entry.kind() + " " + entry.actor().orElse("")).toList();
    }

    @Test
    void whoeverEndsActingHasNoSession() {
        String anna = act(logIn("sue", "support"), "anna");
        change(anna, ImSession::endActing);
        assertThat(instance.request(anna).exists()).isFalse();
        assertThat(sessionsOf(ImSession.PRINCIPAL, "sue")).isEmpty();
    }

    @Test
    void whoeverActsForNobodyKeepsTheSession() {
        String sue = logIn("sue", "support");
        assertThat(change(sue, ImSession::endActing)).isEqualTo(CommitResult.KEEP);
        assertThat(instance.request(sue).principal()).contains("sue");
        assertThat(instance.request(sue).actor()).isEmpty();
        RequestSession none = instance.loader.none();
        none.endActing();
        assertThat(none.exists()).isFalse();
    }

    @Test
    void onlyUsersWithARoleThatTheSettingNamesMayAct() {
        assertForbidden(logIn("bob", "customer"), "anna", Set.of(), "quarkus.imsession.acting.roles");
        assertForbidden(logIn("eve", ""), "anna", Set.of(), "quarkus.imsession.acting.roles");
        act(logIn("root", "owner"), "anna");
    }

    @Test
    void nobodyMayActIfTheSettingIsMissing() {
        String sue = logIn("sue", "support");
        RequestSession session = new Instance(ActingRules.OFF).request(sue);
        assertThatThrownBy(() -> session.actAs("anna", Set.of(), WHY)).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("quarkus.imsession.acting.roles");
        assertThat(session.principal()).contains("sue");
    }

    @Test
    void whoeverIsNotLoggedInMayNotAct() {
        RequestSession none = instance.loader.none();
        assertThatThrownBy(() -> none.actAs("anna", Set.of(), WHY)).isInstanceOf(UnauthorizedException.class);
        assertThat(none.exists()).isFalse();
        RequestSession visitor = instance.loader.none();
        visitor.set(SessionData.of(ImSession.PRINCIPAL, "sue"));
        assertThatThrownBy(() -> visitor.actAs("anna", Set.of(), WHY)).isInstanceOf(UnauthorizedException.class);
    }

    @Test
    void whoeverActsMayNotActForAThirdUser() {
        String anna = act(logIn("sue", "support"), "anna", "support");
        assertForbidden(anna, "bob", Set.of(), "already");
        assertForbidden(anna, "sue", Set.of(), "already");
    }

    @Test
    void nobodyActsForOneselfOrForAUserWithAForbiddenRole() {
        String sue = logIn("sue", "support");
        assertForbidden(sue, "sue", Set.of("customer"), "the user of the session");
        assertForbidden(sue, "root", Set.of("customer", "admin"), "quarkus.imsession.acting.forbidden-roles");
    }

    @Test
    void rolesThatTheRequestHasNoMoreDoNotCount() {
        RequestSession session = instance.request(logIn("sue", "support"));
        session.authenticatedAs(identity("sue", "customer"));
        assertThatThrownBy(() -> session.actAs("anna", Set.of(), WHY)).isInstanceOf(ForbiddenException.class);
        session.authenticatedAs(identity("sue", "owner"));
        session.actAs("anna", Set.of(), WHY);
        assertThat(session.actor()).contains("sue");
    }

    @Test
    void requestOfAnotherUserThanThatOfTheSessionActsForNobody() {
        RequestSession session = instance.request(logIn("sue", "support"));
        session.authenticatedAs(identity("bob", "support"));
        assertThatThrownBy(() -> session.actAs("anna", Set.of(), WHY)).isInstanceOf(ForbiddenException.class)
                .hasMessageContaining("another user");
    }

    @Test
    void userWhomTheApplicationHasRenamedActs() {
        RequestSession session = instance.request(logIn("sue", "support"));
        QuarkusSecurityIdentity renamed = identity("Susan", "support");
        session.authenticatedBySession(renamed);
        session.authenticatedAs(renamed);
        session.actAs("anna", Set.of(), WHY);
        assertThat(session.actor()).contains("sue");
    }

    @Test
    void identityGivesNameAndRoles() {
        RequestSession session = instance.request(logIn("sue", "support"));
        session.actAs(identity("anna", "customer"), WHY);
        assertThat(session.login()).isEqualTo(
                new Login("anna", Set.of("customer"), Login.BY_ACTING, null, Map.of(ImSession.ACTED_BY, "sue")));
        assertThatThrownBy(() -> session.actAs(QuarkusSecurityIdentity.builder().setAnonymous(true).build(), WHY))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "  ", "two\nlines", "two\rlines", "a\u0000b", "\u001b[2J", "a\u2028b", "a\u2029b",
            "gnp.\u202etxt", "\u2066a", "ad\u200bmin", "\u2060", "a\u00adb", "\udb40\udc41", "half \ud83d", "half \ude00" })
    void reasonsThatAreNoLineOfPlainTextAreRefused(String reason) {
        RequestSession session = instance.request(logIn("sue", "support"));
        assertThatThrownBy(() -> session.actAs("anna", Set.of(), reason)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ImSession.actAs()").hasMessageNotContaining("half \\");
        assertThat(session.principal()).contains("sue");
    }

    @Test
    void reasonsHaveALimitAndMayBeOfAnyLanguage() {
        RequestSession session = instance.request(logIn("sue", "support"));
        assertThatThrownBy(() -> session.actAs("anna", Set.of(), "x".repeat(ImSession.MAX_REASON_LENGTH + 1)))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("256");
        session.actAs("anna", Set.of(),
                "\u05d1\u05e7\u05e9\u05d4 \u0628\u0637\u0627\u0642\u0629 \ud83d\udc69\u200d\ud83d\udcbb \"'<");
        assertThat(session.actor()).contains("sue");
    }

    @ParameterizedTest
    @ValueSource(strings = { "", " ", "\ud83d" })
    void namesThatAreNotAllowedAreRefused(String name) {
        RequestSession session = instance.request(logIn("sue", "support"));
        assertThatThrownBy(() -> session.actAs(name, Set.of(), WHY)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> session.actAs("x".repeat(257), Set.of(), WHY)).isInstanceOf(IllegalArgumentException.class);
        assertThat(session.principal()).contains("sue");
        assertThat(session.actor()).isEmpty();
    }

    @Test
    void rolesAndTheReasonCountForTheSize() {
        RequestSession session = instance.request(logIn("sue", "support"));
        assertThatThrownBy(() -> session.actAs("anna", Set.of("x".repeat(10_000)), WHY))
                .isInstanceOf(SessionTooLargeException.class);
        assertThat(session.principal()).contains("sue");
    }

    @Test
    void sessionThatIsNotStoredYetHasToBeStoredBefore() {
        RequestSession session = instance.loader.none();
        session.login("sue", Set.of("support"));
        assertThatThrownBy(() -> session.actAs("anna", Set.of(), WHY)).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("commit()");
        session.commitAndAwait();
        session.actAs("anna", Set.of(), WHY);
        assertThat(session.actor()).contains("sue");
    }

    @Test
    void noLogInIsFreshWhileSomebodyActs() {
        String anna = act(logIn("sue", "support"), "anna");
        RequestSession session = instance.request(anna);
        assertThat(session.isFresh(Duration.ofDays(1))).isFalse();
        assertThat(session.authenticatedAt()).isEmpty();
        session.renew();
        assertThat(session.isFresh(Duration.ofDays(1))).as("in the request that renews it").isFalse();
        String renewed = ((Send) instance.commit(session)).token();
        session = instance.request(renewed);
        assertThat(session.actor()).contains("sue");
        assertThat(session.isFresh(Duration.ofDays(1))).as("after it was renewed").isFalse();
        assertThat(session.authenticatedAt()).isEmpty();
        assertThat(info(renewed).authenticatedAt()).isEmpty();
        assertThat(stored(renewed).attributes()).doesNotContainKey(Attributes.AUTHENTICATED);
    }

    @Test
    void actingEndsAfterItsBoundHoweverMuchItIsUsed() {
        String anna = act(logIn("sue", "support"), "anna");
        Instant end = Acting.of(stored(anna).attributes()).until();
        for (int i = 0; i < 5; i++) {
            clock.move(Duration.ofMinutes(5));
            int number = i;
            if (change(anna, session -> {
                session.touch(Duration.ofDays(7));
                session.update(data -> data.with("i", number));
            }) instanceof Send send) {
                anna = send.token();
            }
            join(instance.sessions.touch(id(anna), Duration.ofDays(9)).subscribeAsCompletionStage());
            assertThat(instance.request(anna).actor()).contains("sue");
            assertThat(stored(anna).expiresAt()).isBeforeOrEqualTo(end);
        }
        clock.move(Duration.ofMinutes(5));
        assertThat(instance.request(anna).exists()).isFalse();
    }

    @Test
    void longerTimeoutThatIsSetLaterDoesNotExtendIt() {
        String anna = act(logIn("sue", "support"), "anna");
        Instance later = new Instance(new ActingRules(Set.of("support"), Set.of(), Duration.ofHours(20)));
        clock.move(BOUND.minusSeconds(1));
        RequestSession session = later.request(anna);
        session.touch();
        later.commit(session);
        clock.move(Duration.ofSeconds(1));
        fired.clear();
        assertThat(later.request(anna).exists()).isFalse();
        assertThat(fired).containsExactly(new Rejected(Optional.of(id(anna)), Rejected.Reason.EXPIRED));
    }

    @Test
    void switchingItOffEndsIt() {
        String anna = act(logIn("sue", "support"), "anna");
        assertThat(new Instance(ActingRules.OFF).request(anna).exists()).isFalse();
    }

    @Test
    void changesOfTheDataNeitherHideWhoActsNorMakeAnybodyAct() {
        for (Consumer<ImSession> forgery : List.<Consumer<ImSession>> of(
                session -> session.update(data -> data.with(ImSession.ACTED_BY, "bob")),
                session -> session.update(data -> data.without(ImSession.ACTED_BY)),
                session -> session.update(data -> data.with(ImSession.PRINCIPAL, "root")),
                session -> session.set(SessionData.of(ImSession.PRINCIPAL, "anna")))) {
            String anna = act(logIn("sue", "support"), "anna");
            change(anna, forgery);
            RequestSession session = instance.request(anna);
            assertThat(session.principal()).as("nobody is logged in").isEmpty();
            assertThat(session.actor()).isEmpty();
            assertThat(session.isFresh(Duration.ofDays(1))).isFalse();
            assertThat(info(anna).actor()).contains("sue");
            clock.move(BOUND);
            assertThat(instance.request(anna).exists()).as("it is over all the same").isFalse();
        }
        String bob = logIn("bob", "customer");
        change(bob, session -> session.update(data -> data.with(ImSession.ACTED_BY, "sue").with("actor", "sue")));
        assertThat(instance.request(bob).actor()).isEmpty();
        assertThat(instance.request(bob).principal()).contains("bob");
        assertThatThrownBy(() -> change(bob, session -> session.update(data -> data.with("@acting", "{}"))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = { "x", "{", "[]", "7", "{}", "{\"actor\":\"sue\"}",
            "{\"actor\":\"sue\",\"reason\":\"r\",\"until\":\"x\"}",
            "{\"actor\":7,\"reason\":\"r\",\"until\":9999999999999}" })
    void whatIsDamagedIsOver(String kept) {
        assertThat(Acting.of(Map.of(Attributes.ACTING, kept))).isNull();
        String anna = act(logIn("sue", "support"), "anna");
        StoredSession damaged = with(stored(anna), kept);
        assertThat(Acting.isOver(damaged, RULES)).isTrue();
        assertThat(Login.of(damaged)).isNull();
    }

    @Test
    void actorThatDiffersFromTheReferenceIsNobody() {
        StoredSession forged = with(stored(act(logIn("sue", "support"), "anna")),
                new Acting("bob", WHY, Instant.now().plusSeconds(60)).encode());
        assertThat(Login.of(forged)).isNull();
    }

    @Test
    void logInEndsActingAndLeavesNothingOfItsDataAlsoToTheSameUser() {
        for (String user : List.of("anna", "sue", "bob")) {
            String anna = act(logIn("sue", "support"), "anna");
            change(anna, session -> session.update(data -> data.with("note", "of support")));
            String own = ((Send) change(anna, session -> session.login(user, Set.of("customer")))).token();
            RequestSession session = instance.request(own);
            assertThat(id(own)).isNotEqualTo(id(anna));
            assertThat(session.principal()).contains(user);
            assertThat(session.actor()).isEmpty();
            assertThat(session.data()).isEqualTo(SessionData.of(ImSession.PRINCIPAL, user));
            assertThat(session.isFresh(Duration.ofMinutes(1))).isTrue();
            assertThat(instance.request(anna).exists()).isFalse();
        }
    }

    @Test
    void identityOfAUserForWhomSomebodyActsIsNoLogIn() {
        RequestSession session = instance.request(act(logIn("sue", "support"), "anna"));
        QuarkusSecurityIdentity acted = QuarkusSecurityIdentity.builder().setPrincipal(new QuarkusPrincipal("anna"))
                .addAttribute(ImSession.ACTED_BY, "sue").build();
        session.authenticatedAs(acted);
        assertThatThrownBy(() -> session.login(acted)).isInstanceOf(IllegalStateException.class);
        assertThat(session.actor()).contains("sue");
    }

    @Test
    void logOutEverywhereOfEitherUserEndsIt() {
        for (String user : List.of("sue", "anna")) {
            String anna = act(logIn("sue", "support"), "anna");
            String bob = logIn("bob", "support");
            String other = act(logIn("bob", "support"), "carl");
            assertThat(destroyAll(user)).isEqualTo(1);
            assertThat(instance.request(anna).exists()).isFalse();
            assertThat(instance.request(bob).exists()).isTrue();
            assertThat(instance.request(other).exists()).isTrue();
            destroyAll("bob");
        }
    }

    @Test
    void logOutEverywhereElseEndsItUnlessItIsThatSession() {
        String sue = logIn("sue", "support");
        String anna = act(logIn("sue", "support"), "anna");
        String bob = act(logIn("sue", "support"), "bob");
        long ended = join(instance.sessions.destroyOthers(ImSession.PRINCIPAL, "sue", id(bob)).subscribeAsCompletionStage());
        assertThat(ended).isEqualTo(2);
        assertThat(instance.request(sue).exists()).isFalse();
        assertThat(instance.request(anna).exists()).isFalse();
        assertThat(instance.request(bob).exists()).isTrue();
    }

    @Test
    void sessionIsFoundByBothAndShowsWhoActs() {
        String anna = act(logIn("sue", "support"), "anna");
        String own = logIn("anna", "customer");
        assertThat(sessionsOf(ImSession.PRINCIPAL, "anna")).extracting(SessionInfo::id).containsExactlyInAnyOrder(id(anna),
                id(own));
        assertThat(sessionsOf(ImSession.ACTED_BY, "sue")).extracting(SessionInfo::id).containsExactly(id(anna));
        assertThat(info(anna).actor()).contains("sue");
        assertThat(info(own).actor()).isEmpty();
    }

    @Test
    void whatEndsALogInAtTheProviderEndsActingByIt() {
        RequestSession session = instance.loader.none();
        session.login(Login.of("sue", Set.of("support"), "oidc:shop", "iss 7", Map.of("oidc.sid", "s")), id -> "{}", null);
        String sue = ((Send) instance.commit(session)).token();
        String anna = act(sue, "anna");
        assertThat(stored(anna).attributes()).as("tokens of who acts").containsOnlyKeys(Attributes.LOGIN, Attributes.ACTING);
        assertThat(Login.of(stored(anna)).credentials()).isNull();
        assertThat(join(instance.sessions.destroyAll("oidc.sid", "s").subscribeAsCompletionStage())).isEqualTo(1);
        assertThat(instance.request(anna).exists()).isFalse();
    }

    @Test
    void requestsUnderWayCannotBringItBack() {
        String anna = act(logIn("sue", "support"), "anna");
        RequestSession parallel = instance.request(anna);
        RequestSession twice = instance.request(anna);
        change(anna, ImSession::endActing);
        parallel.update(data -> data.with("late", true));
        assertThatThrownBy(() -> instance.commit(parallel)).hasCauseInstanceOf(SessionConflictException.class);
        twice.endActing();
        assertThat(instance.commit(twice)).isInstanceOf(Remove.class);
        assertThat(instance.request(anna).exists()).isFalse();
    }

    @Test
    void whoeverWasLoggedOutMeanwhileDoesNotBeginToAct() {
        String sue = logIn("sue", "support");
        RequestSession session = instance.request(sue);
        session.actAs("anna", Set.of(), WHY);
        assertThat(destroyAll("sue")).isEqualTo(1);
        fired.clear();
        assertThatThrownBy(() -> instance.commit(session)).hasCauseInstanceOf(SessionConflictException.class);
        assertThat(sessionsOf(ImSession.ACTED_BY, "sue")).isEmpty();
        assertThat(fired).noneMatch(ActingBegan.class::isInstance);
    }

    @Test
    void onlyOneOfParallelRequestsBeginsToAct() {
        String sue = logIn("sue", "support");
        RequestSession one = instance.request(sue);
        RequestSession other = instance.request(sue);
        one.actAs("anna", Set.of(), WHY);
        other.actAs("bob", Set.of(), WHY);
        instance.commit(one);
        assertThatThrownBy(() -> instance.commit(other)).hasCauseInstanceOf(SessionConflictException.class);
        assertThat(sessionsOf(ImSession.ACTED_BY, "sue")).extracting(SessionInfo::data)
                .extracting(data -> data.get(ImSession.PRINCIPAL, String.class).orElseThrow()).containsExactly("anna");
    }

    @Test
    void whatAParallelRequestHasStoredForWhoActsDoesNotGetToTheUser() {
        String sue = logIn("sue", "support");
        RequestSession acts = instance.request(sue);
        acts.actAs("anna", Set.of(), WHY);
        change(sue, session -> session.update(data -> data.with("note", "of sue")));
        String anna = ((Send) instance.commit(acts)).token();
        assertThat(instance.request(anna).data().names()).containsExactlyInAnyOrder(ImSession.PRINCIPAL, ImSession.ACTED_BY);
        assertThat(instance.request(anna).actor()).contains("sue");
    }

    @Test
    void userWhomAParallelRequestHasLoggedOutDoesNotBeginToAct() {
        String sue = logIn("sue", "support");
        RequestSession acts = instance.request(sue);
        acts.actAs("anna", Set.of(), WHY);
        change(sue, session -> session.update(data -> data.without(ImSession.PRINCIPAL)));
        assertThatThrownBy(() -> instance.commit(acts)).hasCauseInstanceOf(SessionConflictException.class);
        assertThat(sessionsOf(ImSession.ACTED_BY, "sue")).isEmpty();
    }

    @Test
    void sessionStaysBoundToItsDevice() {
        String sue = logIn("sue", "support");
        RequestSession session = instance.request(sue);
        session.attribute(Attributes.DEVICE, "key of the device");
        instance.commit(session);
        assertThat(stored(act(sue, "anna")).attributes()).containsEntry(Attributes.DEVICE, "key of the device");
    }

    @Test
    void csrfTokensOfBeforeAndAfterAreNotValid() {
        String sue = logIn("sue", "support");
        String before = instance.request(sue).csrf().token();
        String anna = act(sue, "anna");
        assertThat(instance.request(anna).csrf().verify(before)).isFalse();
    }

    @Test
    void textTellsNoNames() {
        assertThat(new Acting("sue", WHY, Instant.EPOCH)).hasToString("Acting[until=1970-01-01T00:00:00Z]");
    }

    private void assertForbidden(String token, String user, Set<String> roles, String why) {
        RequestSession session = instance.request(token);
        Optional<String> before = session.principal();
        assertThatThrownBy(() -> session.actAs(user, roles, WHY)).isInstanceOf(ForbiddenException.class)
                .hasMessageContaining(why).hasMessageNotContaining(user + " ");
        assertThat(session.principal()).isEqualTo(before);
        assertThat(instance.commit(session)).isEqualTo(CommitResult.KEEP);
    }

    private String logIn(String user, String role) {
        RequestSession session = instance.loader.none();
        session.login(user, role.isEmpty() ? Set.of() : Set.of(role));
        return ((Send) instance.commit(session)).token();
    }

    private String act(String token, String user, String... roles) {
        return ((Send) change(token, session -> session.actAs(user, Set.of(roles), WHY))).token();
    }

    private CommitResult change(String token, Consumer<ImSession> change) {
        RequestSession session = instance.request(token);
        change.accept(session);
        return instance.commit(session);
    }

    private long destroyAll(String user) {
        return join(instance.sessions.destroyAll(ImSession.PRINCIPAL, user).subscribeAsCompletionStage());
    }

    private List<SessionInfo> sessionsOf(String field, String user) {
        return join(instance.sessions.list(field, user, 10).subscribeAsCompletionStage()).sessions();
    }

    private SessionInfo info(String token) {
        return join(instance.sessions.get(id(token)).subscribeAsCompletionStage()).orElseThrow();
    }

    private StoredSession stored(String token) {
        return join(store.load(id(token)));
    }

    /** The session with another text of who acts. */
    private static StoredSession with(StoredSession session, String acting) {
        Map<String, String> attributes = new HashMap<>(session.attributes());
        attributes.put(Attributes.ACTING, acting);
        return new StoredSession(session.token(), session.data(), attributes, session.version(), session.createdAt(),
                session.renewedAt(), session.expiresAt(), session.ownTimeout(), session.now());
    }

    private static QuarkusSecurityIdentity identity(String name, String role) {
        return QuarkusSecurityIdentity.builder().setPrincipal(new QuarkusPrincipal(name)).addRole(role).build();
    }

    private static SessionId id(String token) {
        return new SessionId(token.substring(0, SessionId.LENGTH));
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }
}
