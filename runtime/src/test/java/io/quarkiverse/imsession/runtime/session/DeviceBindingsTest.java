package io.quarkiverse.imsession.runtime.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.Reference;
import io.quarkiverse.imsession.SessionConflictException;
import io.quarkiverse.imsession.SessionEvent;
import io.quarkiverse.imsession.SessionEvent.ProofRefused;
import io.quarkiverse.imsession.SessionEvent.Rejected;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.SessionInfo;
import io.quarkiverse.imsession.runtime.admin.SessionAdministration;
import io.quarkiverse.imsession.runtime.config.ImSessionConfig.OnStoreFailure;
import io.quarkiverse.imsession.runtime.config.ImSessionConfig.Renewal;
import io.quarkiverse.imsession.runtime.device.DeviceOffer;
import io.quarkiverse.imsession.runtime.journal.SessionJournal;
import io.quarkiverse.imsession.runtime.session.CommitResult.Send;
import io.quarkiverse.imsession.runtime.session.DeviceBindings.Reply;
import io.quarkiverse.imsession.runtime.session.DeviceBindings.Sender;
import io.quarkiverse.imsession.runtime.session.SessionMetrics.Refresh;
import io.quarkiverse.imsession.runtime.store.MemorySessionStore;
import io.quarkiverse.imsession.runtime.store.SessionLimits;
import io.quarkiverse.imsession.spi.JournalStore;
import io.quarkiverse.imsession.spi.SessionToken;
import io.quarkiverse.imsession.spi.SessionUpdate;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.spi.TokenChange;
import io.quarkiverse.imsession.spi.TokenHash;
import io.quarkiverse.imsession.test.MovableClock;
import io.quarkiverse.imsession.test.device.SoftwareKey;

/** The life of a binding, without HTTP. */
class DeviceBindingsTest {

    private static final Duration LIFE = Duration.ofMinutes(10);
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final String OTHER = "AAAAAAAAAAAAAAAAAAAAAA." + "A".repeat(32);

    private final MovableClock clock = new MovableClock();
    private final List<SessionEvent> happened = new ArrayList<>();
    private final List<Refresh> refreshes = new ArrayList<>();
    private final MemorySessionStore memory = new MemorySessionStore(1000, clock, SessionLimits.NONE);
    private final SessionJournal journal = new SessionJournal(memory, Set.of(ImSession.PRINCIPAL),
            new JournalStore.Limits(100, Duration.ofDays(1)), () -> {
            });
    private final SessionEvents events = new SessionEvents(new SessionMetrics() {
        @Override
        public void refreshed(Refresh outcome) {
            refreshes.add(outcome);
        }
    }, List.of(), happened::add, journal);
    private final SessionPolicy policy = new SessionPolicy(Duration.ofHours(1), null, Renewal.ROTATE, Duration.ofMinutes(20),
            0.33,
            Duration.ofSeconds(10), false, null, 100_000, false, OnStoreFailure.FAIL, Set.of(), true,
            ActingRules.OFF, true);
    private final TokenCodec tokens = new TokenCodec(List.of());
    private final GuardedStore store = new GuardedStore(memory, SessionMetrics.NONE);
    private final UpdateTurns turns = new UpdateTurns();
    private final SessionCommitter committer = new SessionCommitter(store, turns, tokens, policy, events, null);
    private final DeviceBindings devices = new DeviceBindings(store, tokens, policy, events,
            new ProofVerifier(SessionMetrics.NONE), LIFE, GRACE);
    private final SessionLoader loader = new SessionLoader(store, tokens, policy, events, committer, devices);
    private final SoftwareKey key = SoftwareKey.p256();

    /** What the browser of a user has. */
    private final class Browser {

        @Nullable
        String token;
        @Nullable
        String bound;
        @Nullable
        DeviceOffer offer;

        RequestSession request(Consumer<ImSession> application) {
            RequestSession session = token == null ? loader.none()
                    : await(loader.load(Set.of(token), () -> bound == null ? Set.of() : Set.of(bound)));
            application.accept(session);
            CompletionStage<CommitResult> stored = committer.commit(session, 200, false);
            CommitResult told = stored == null ? CommitResult.KEEP : await(stored);
            if (told instanceof Send sent) {
                token = sent.token();
                offer = session.offer();
            } else if (told instanceof CommitResult.Remove) {
                token = null;
            }
            return session;
        }

        RequestSession read() {
            return request(session -> {
            });
        }

        SessionId id() {
            return SessionToken.tryParse(token).id();
        }

        Browser logIn() {
            request(session -> session.login("ada", Set.of("user")));
            return this;
        }

        /** The browser has registered, and has shown the cookie. */
        Browser bind() {
            Reply.Bound given = (Reply.Bound) register(key);
            bound = given.cookie();
            assertThat(read().deviceBound()).isTrue();
            clock.move(GRACE);
            return this;
        }

        Reply register(SoftwareKey registered) {
            return await(devices.register(registered.registration(offer.challenge(), offer.authorization(id())), sender(token),
                    audience -> false));
        }

        String challenge() {
            return ((Reply.Challenged) refresh(null)).challenge();
        }

        Reply refresh(@Nullable String jwt) {
            return await(devices.refresh(id(), jwt, sender(token), audience -> false));
        }

        /** Whoever has copied the session cookie. */
        Browser thief() {
            Browser thief = new Browser();
            thief.token = token;
            return thief;
        }
    }

    private static Sender sender(@Nullable String token) {
        return new Sender(token == null ? null : SessionToken.tryParse(token), Map::of);
    }

    private List<String> told() {
        return await(journal.read(Reference.of(ImSession.PRINCIPAL, "ada"), 100)).stream()
                .map(entry -> entry.kind() + " " + entry.cause()).toList();
    }

    private static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    private Browser browser() {
        return new Browser();
    }

    @Test
    void logInOffersToBindAndNothingElseDoes() {
        Browser browser = browser();
        browser.request(session -> session.update(data -> data.with("cart", "tea")));
        assertThat(browser.offer).isNull();
        browser.logIn();
        assertThat(browser.offer).isNotNull();
        browser.request(session -> session.update(data -> data.with("cart", "coffee")));
        assertThat(browser.offer).isNull();
        browser.request(ImSession::renew);
        assertThat(browser.offer).isNotNull();
    }

    @Test
    void boundSessionNeedsTheBoundCookie() {
        Browser browser = browser().logIn().bind();
        assertThat(browser.read().deviceBound()).isTrue();
        assertThat(browser.thief().read().exists()).isFalse();
        assertThat(happened).last().isEqualTo(new Rejected(Optional.of(browser.id()), Rejected.Reason.DEVICE));
        assertThat(browser.read().principal()).as("the user goes on").contains("ada");
    }

    @Test
    void theBindingIsToldOnce() {
        Browser browser = browser().logIn().bind();
        browser.read();
        assertThat(happened).filteredOn(SessionEvent.DeviceBound.class::isInstance)
                .containsExactly(new SessionEvent.DeviceBound(browser.id()));
    }

    @Test
    void boundCookieIsOfNoUseAfterItsTimeAndTheProofGivesANewOne() {
        Browser browser = browser().logIn().bind();
        clock.move(LIFE);
        clock.move(Duration.ofSeconds(10));
        assertThat(browser.read().exists()).isFalse();
        Reply.Bound given = (Reply.Bound) browser.refresh(key.refresh(browser.challenge()));
        browser.bound = given.cookie();
        assertThat(browser.read().principal()).contains("ada");
        assertThat(refreshes).containsExactly(Refresh.CHALLENGED, Refresh.REFRESHED);
    }

    @Test
    void refreshIsNoUseOfTheSession() {
        Browser browser = browser().logIn().bind();
        StoredSession before = await(store.load(browser.id()));
        clock.move(Duration.ofMinutes(30));
        browser.refresh(key.refresh(browser.challenge()));
        StoredSession after = await(store.load(browser.id()));
        assertThat(after.expiresAt()).isEqualTo(before.expiresAt());
        assertThat(after.token()).isEqualTo(before.token());
    }

    @Test
    void theLogInNeedNotBeMadeByTheApplicationOfAPlainSession() {
        Browser browser = browser();
        browser.request(session -> {
            session.update(data -> data.with("user", 1));
            session.renew();
        });
        browser.bind();
        assertThat(browser.thief().read().exists()).isFalse();
    }

    @Test
    void responseToTheRegistrationThatIsLostLocksNobodyOut() {
        Browser browser = browser().logIn();
        browser.register(key);
        clock.move(Duration.ofMinutes(1));
        assertThat(browser.read().principal()).contains("ada");
        assertThat(browser.read().deviceBound()).isFalse();
        browser.logIn();
        assertThat(browser.offer).as("the next log-in offers it again").isNotNull();
        browser.bind();
        assertThat(browser.thief().read().exists()).isFalse();
    }

    @Test
    void requestsThatWereUnderWayArriveAfterTheBinding() {
        Browser browser = browser().logIn();
        Browser other = browser.thief();
        browser.bound = ((Reply.Bound) browser.register(key)).cookie();
        browser.read();
        assertThat(other.read().principal()).contains("ada");
        assertThat(other.read().deviceBound()).isFalse();
        clock.move(GRACE);
        assertThat(other.read().exists()).isFalse();
    }

    @Test
    void thiefOfTheCookieCannotRegisterFirst() {
        Browser browser = browser().logIn();
        Browser thief = browser.thief();
        SoftwareKey own = SoftwareKey.p256();
        DeviceOffer guessed = DeviceOffer.of(new byte[DeviceOffer.SECRET_BYTES]);
        assertThat(await(
                devices.register(own.registration(guessed.challenge(), guessed.authorization(thief.id())), sender(thief.token),
                        audience -> false)))
                .isInstanceOf(Reply.Refused.class);
        assertThat(await(devices.register(own.registration(browser.offer.challenge(), thief.token), sender(thief.token),
                audience -> false))).isInstanceOf(Reply.Refused.class);
        assertThat(happened).last().isEqualTo(new ProofRefused(Optional.empty(), ProofRefused.Reason.OFFER));
        browser.bind();
        assertThat(thief.read().exists()).isFalse();
    }

    @Test
    void thiefOfTheOfferCannotRegisterSecond() {
        Browser browser = browser().logIn();
        DeviceOffer offer = browser.offer;
        browser.bind();
        browser.offer = offer;
        assertThat(browser.register(SoftwareKey.p256())).isInstanceOf(Reply.Refused.class);
        assertThat(happened).last().isEqualTo(new ProofRefused(Optional.of(browser.id()), ProofRefused.Reason.OFFER));
        assertThat(browser.read().deviceBound()).isTrue();
    }

    @Test
    void offerEndsTwoMinutesAfterTheLogIn() {
        Browser browser = browser().logIn();
        clock.move(Duration.ofSeconds(121));
        assertThat(browser.register(key)).isInstanceOf(Reply.Refused.class);
        assertThat(browser.read().principal()).contains("ada");
    }

    @Test
    void laterLogInReplacesTheOffer() {
        Browser browser = browser().logIn();
        DeviceOffer first = browser.offer;
        clock.move(Duration.ofSeconds(100));
        browser.logIn();
        DeviceOffer second = browser.offer;
        browser.offer = first;
        assertThat(browser.register(key)).isInstanceOf(Reply.Refused.class);
        browser.offer = second;
        clock.move(Duration.ofSeconds(100));
        assertThat(browser.register(key)).isInstanceOf(Reply.Bound.class);
    }

    @Test
    void registrationNeedsNoToken() {
        Browser browser = browser().logIn();
        String jwt = key.registration(browser.offer.challenge(), browser.offer.authorization(browser.id()));
        assertThat(await(devices.register(jwt, sender(null), audience -> false))).isInstanceOf(Reply.Bound.class);
    }

    @Test
    void registrationOfTheSessionThatABrowserNoLongerHasIsRefused() {
        Browser browser = browser().logIn();
        String jwt = key.registration(browser.offer.challenge(), browser.offer.authorization(browser.id()));
        assertThat(await(devices.register(jwt, sender(OTHER), audience -> false))).isInstanceOf(Reply.Refused.class);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "x", "a.b.c", "e30.e30.", "e30.eyJqdGkiOiJ4In0.AAAA" })
    void whatIsNoProofIsRefused(String jwt) {
        Browser browser = browser().logIn();
        assertThat(await(devices.register(jwt, sender(browser.token), audience -> false))).isInstanceOf(Reply.Refused.class);
        browser.bind();
        assertThat(browser.refresh(jwt)).isInstanceOf(Reply.Refused.class);
        assertThat(happened).last().isEqualTo(new ProofRefused(Optional.of(browser.id()), ProofRefused.Reason.PROOF));
        assertThat(browser.read().deviceBound()).as("the session stays").isTrue();
    }

    @Test
    void proofOfAnotherKeyIsRefusedAndTheUserGoesOn() {
        Browser browser = browser().logIn().bind();
        assertThat(browser.thief().refresh(SoftwareKey.p256().refresh(browser.challenge()))).isInstanceOf(Reply.Refused.class);
        assertThat(browser.refresh(key.refresh(browser.challenge()))).isInstanceOf(Reply.Bound.class);
    }

    @Test
    void proofIsGoodForOneCookie() {
        Browser browser = browser().logIn().bind();
        String jwt = key.refresh(browser.challenge());
        assertThat(browser.refresh(jwt)).isInstanceOf(Reply.Bound.class);
        assertThat(browser.refresh(jwt)).isInstanceOf(Reply.Challenged.class);
    }

    @Test
    void ofTwoProofsAtOnceBothSucceedTheSecondWithANewChallenge() {
        Browser browser = browser().logIn().bind();
        String first = key.refresh(browser.challenge());
        String second = key.refresh(browser.challenge());
        assertThat(browser.refresh(first)).isInstanceOf(Reply.Bound.class);
        Reply.Challenged again = (Reply.Challenged) browser.refresh(second);
        assertThat(browser.refresh(key.refresh(again.challenge()))).isInstanceOf(Reply.Bound.class);
    }

    @Test
    void challengeEndsAfterTwoMinutes() {
        Browser browser = browser().logIn().bind();
        String jwt = key.refresh(browser.challenge());
        clock.move(Duration.ofSeconds(121));
        assertThat(browser.refresh(jwt)).isInstanceOf(Reply.Challenged.class);
    }

    @Test
    void boundCookiesOfOtherTabsStayValid() {
        Browser browser = browser().logIn().bind();
        Browser tab = browser.thief();
        tab.bound = browser.bound;
        browser.bound = ((Reply.Bound) browser.refresh(key.refresh(browser.challenge()))).cookie();
        assertThat(tab.read().deviceBound()).isTrue();
        assertThat(browser.read().deviceBound()).isTrue();
    }

    @Test
    void timedRenewalLeavesTheBinding() {
        Browser browser = browser().logIn().bind();
        Browser tab = browser.thief();
        tab.bound = browser.bound;
        clock.move(Duration.ofMinutes(20));
        browser.bound = ((Reply.Bound) browser.refresh(key.refresh(browser.challenge()))).cookie();
        tab.bound = browser.bound;
        String before = browser.token;
        browser.read();
        assertThat(browser.token).isNotEqualTo(before);
        assertThat(browser.offer).as("it is no log-in").isNull();
        assertThat(tab.read().deviceBound()).as("a tab with the old token").isTrue();
        assertThat(browser.read().deviceBound()).isTrue();
    }

    @Test
    void renewalKeepsTheBindingAndOffersNothing() {
        Browser browser = browser().logIn().bind();
        browser.request(ImSession::renew);
        assertThat(browser.offer).isNull();
        assertThat(browser.read().deviceBound()).isTrue();
        assertThat(browser.thief().read().exists()).isFalse();
        assertThat(browser.refresh(key.refresh(browser.challenge()))).isInstanceOf(Reply.Bound.class);
    }

    /** A request may take long, for example because a thief of the cookie sends it slowly. */
    @Test
    void renewalThatHasBegunBeforeTheBindingKeepsIt() {
        Browser browser = browser().logIn();
        RequestSession slow = await(loader.load(Set.of(browser.token), Set::of));
        slow.renew();
        browser.bind();
        Send told = (Send) await(committer.commit(slow, 200, false));
        assertThat(slow.offer()).isNull();
        browser.token = told.token();
        assertThat(browser.thief().read().exists()).isFalse();
        assertThat(browser.read().deviceBound()).isTrue();
        assertThat(browser.refresh(key.refresh(browser.challenge()))).isInstanceOf(Reply.Bound.class);
    }

    @Test
    void firstRequestWithTheBoundCookieMayRenew() {
        Browser browser = browser().logIn();
        browser.bound = ((Reply.Bound) browser.register(key)).cookie();
        browser.request(ImSession::renew);
        assertThat(browser.offer).isNull();
        assertThat(browser.read().deviceBound()).isTrue();
    }

    @Test
    void deviceOfTheTimeBeforeTheLogInDoesNotCount() {
        Browser browser = browser();
        browser.request(session -> {
            session.update(data -> data.with("cart", "tea"));
            session.renew();
        });
        browser.bind();
        SessionId id = browser.id();
        browser.logIn();
        assertThat(browser.id()).isEqualTo(id);
        assertThat(browser.offer).isNotNull();
        assertThat(browser.refresh(null)).isEqualTo(new Reply.Over(id));
        browser.bind();
        assertThat(browser.read().data().get("cart", String.class)).contains("tea");
    }

    @Test
    void oldCopyOfATokenEndsASessionOnlyFromItsDevice() {
        SessionPolicy ends = new SessionPolicy(Duration.ofHours(1), null, Renewal.ROTATE, Duration.ofMinutes(20), 0.33,
                Duration.ofSeconds(10), true, null, 100_000, false, OnStoreFailure.FAIL, Set.of(), true,
                ActingRules.OFF, true);
        SessionLoader ending = new SessionLoader(store, tokens, ends, events, committer, devices);
        Browser browser = browser().logIn().bind();
        String old = browser.token;
        clock.move(Duration.ofMinutes(20));
        browser.bound = ((Reply.Bound) browser.refresh(key.refresh(browser.challenge()))).cookie();
        browser.read();
        clock.move(Duration.ofSeconds(11));
        browser.read();
        assertThat(await(ending.load(Set.of(old), Set::of)).exists()).isFalse();
        assertThat(happened).last().isEqualTo(new Rejected(Optional.of(browser.id()), Rejected.Reason.REPLAYED));
        assertThat(browser.read().principal()).contains("ada");
        assertThat(await(ending.load(Set.of(old), () -> Set.of(browser.bound))).exists()).isFalse();
        assertThat(browser.read().exists()).isFalse();
    }

    @Test
    void anotherUserHasAnotherBinding() {
        Browser browser = browser().logIn().bind();
        SessionId first = browser.id();
        browser.request(session -> session.login("bob", Set.of()));
        assertThat(browser.id()).isNotEqualTo(first);
        assertThat(browser.read().deviceBound()).isFalse();
        assertThat(browser.offer).isNotNull();
        assertThat(await(devices.refresh(first, null, sender(browser.token), audience -> false)))
                .isEqualTo(new Reply.Over(first));
        browser.bind();
    }

    @Test
    void logOutEndsTheBinding() {
        Browser browser = browser().logIn().bind();
        SessionId id = browser.id();
        browser.request(ImSession::destroy);
        assertThat(await(devices.refresh(id, null, sender(null), audience -> false))).isEqualTo(new Reply.Over(id));
    }

    @Test
    void browserForgetsASessionThatItHasNoMore() {
        Browser browser = browser().logIn().bind();
        assertThat(await(devices.refresh(browser.id(), null, sender(OTHER), audience -> false)))
                .isEqualTo(new Reply.Over(browser.id()));
        assertThat(await(devices.refresh(browser.id(), null, sender(null), audience -> false)))
                .isInstanceOf(Reply.Challenged.class);
    }

    @Test
    void sessionThatIsNotBoundHasNothingToRefresh() {
        Browser browser = browser().logIn();
        assertThat(browser.refresh(null)).isEqualTo(new Reply.Over(browser.id()));
        assertThat(browser.read().principal()).contains("ada");
    }

    @Test
    void requestFromElsewhereMakesNoSessionButByALogIn() {
        Browser browser = browser().logIn().bind();
        Browser thief = browser.thief();
        assertRefused(thief, session -> session.update(data -> data.with("cart", "tea")));
        SessionId before = thief.id();
        thief.request(session -> session.login("eve", Set.of()));
        assertThat(thief.id()).isNotEqualTo(before);
        assertThat(thief.read().principal()).contains("eve");
        assertThat(browser.read().principal()).contains("ada");
    }

    /** Whoever logs out there must not believe that this is done. */
    @Test
    void requestFromElsewhereEndsNothingAndIsTold() {
        Browser browser = browser().logIn().bind();
        assertRefused(browser.thief(), ImSession::destroy);
        assertRefused(browser.thief(), ImSession::renew);
        assertThat(browser.read().principal()).contains("ada");
    }

    private void assertRefused(Browser browser, Consumer<ImSession> application) {
        assertThatThrownBy(() -> browser.request(application)).hasCauseInstanceOf(SessionConflictException.class);
    }

    @Test
    void changesOfDataAndOfTheBindingDoNotDisturbEachOther() {
        Browser browser = browser().logIn().bind();
        String challenge = browser.challenge();
        browser.request(session -> {
            session.update(data -> data.with("views", data.get("views", Integer.class).orElse(0) + 1));
            assertThat(browser.refresh(key.refresh(challenge))).isInstanceOf(Reply.Bound.class);
        });
        RequestSession after = browser.read();
        assertThat(after.data().get("views", Integer.class)).contains(1);
        assertThat(after.deviceBound()).isTrue();
    }

    @Test
    void journalTellsOnceThatACopyOfTheTokenWasRefused() {
        Browser browser = browser().logIn().bind();
        Browser thief = browser.thief();
        for (int i = 0; i < 3; i++) {
            RequestSession refused = thief.read();
            assertThat(refused.isTurnedAway()).isTrue();
            loader.tellTurnedAway(refused, Map::of);
            assertThat(thief.refresh(SoftwareKey.p256().refresh(browser.challenge()))).isInstanceOf(Reply.Refused.class);
        }
        assertThat(told()).containsExactly("REFUSED DEVICE", "LOGGED_IN REQUEST");
        assertThat(browser.read().isTurnedAway()).isFalse();
    }

    @Test
    void journalTellsThatAClientWithTheTokenHasNoProof() {
        Browser browser = browser().logIn();
        assertThat(await(devices.register(key.registration("wrong", browser.offer.authorization(browser.id())),
                sender(browser.token), audience -> false))).isInstanceOf(Reply.Refused.class);
        assertThat(told()).containsExactly("REFUSED DEVICE", "LOGGED_IN REQUEST");
    }

    @Test
    void whoeverKnowsTheIdOnlyAddsNothingToTheJournal() {
        Browser browser = browser().logIn();
        String guess = browser.id().value() + '.' + "A".repeat(32);
        DeviceOffer guessed = DeviceOffer.of(new byte[DeviceOffer.SECRET_BYTES]);
        for (Sender stranger : List.of(sender(null), sender(guess))) {
            assertThat(await(devices.register(
                    SoftwareKey.p256().registration(guessed.challenge(), guessed.authorization(browser.id())), stranger,
                    audience -> false))).isInstanceOf(Reply.Refused.class);
        }
        browser.bind();
        for (Sender stranger : List.of(sender(null), sender(guess))) {
            assertThat(await(devices.refresh(browser.id(), "x", stranger, audience -> false)))
                    .isInstanceOf(Reply.Refused.class);
        }
        RequestSession refused = await(loader.load(Set.of(guess), Set::of));
        assertThat(refused.isTurnedAway()).isFalse();
        assertThat(told()).containsExactly("LOGGED_IN REQUEST");
    }

    @Test
    void administrationTellsWhichSessionsAreBound() {
        Browser browser = browser().logIn();
        assertThat(info(browser, policy).deviceBound()).isFalse();
        browser.bind();
        assertThat(info(browser, policy).deviceBound()).isTrue();
    }

    @Test
    void noSessionIsBoundWhileBindingIsSwitchedOff() {
        Browser browser = browser().logIn().bind();
        SessionPolicy off = new SessionPolicy(policy.timeout(), null, Renewal.ROTATE, null, 0.33, policy.renewalGrace(), false,
                null, policy.maxSize(), false, OnStoreFailure.FAIL, Set.of(), true);
        assertThat(info(browser, off).deviceBound()).isFalse();
    }

    private SessionInfo info(Browser browser, SessionPolicy inForce) {
        return new SessionAdministration(store, turns, inForce, events, Set.of()).get(browser.id()).await().indefinitely()
                .orElseThrow();
    }

    @Test
    void damagedBindingIsNone() {
        Browser browser = browser().logIn().bind();
        StoredSession stored = await(store.load(browser.id()));
        await(store.update(browser.id(), new SessionUpdate(stored, (TokenHash) null,
                Map.of(Attributes.DEVICE, "bound x"), Set.of(), TokenChange.KEEP, null)));
        assertThat(browser.read().deviceBound()).isFalse();
        assertThat(browser.refresh(null)).isEqualTo(new Reply.Over(browser.id()));
    }
}
