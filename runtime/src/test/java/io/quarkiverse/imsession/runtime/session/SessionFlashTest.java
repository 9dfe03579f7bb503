package io.quarkiverse.imsession.runtime.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Duration;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.core.type.TypeReference;

import io.quarkiverse.imsession.Flash;
import io.quarkiverse.imsession.SessionCommittedException;
import io.quarkiverse.imsession.SessionConflictException;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionDecodingException;
import io.quarkiverse.imsession.SessionEncodingException;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.SessionStoreException;
import io.quarkiverse.imsession.SessionTooLargeException;
import io.quarkiverse.imsession.runtime.config.ImSessionConfig.OnStoreFailure;
import io.quarkiverse.imsession.runtime.config.ImSessionConfig.Renewal;
import io.quarkiverse.imsession.runtime.session.CommitResult.Keep;
import io.quarkiverse.imsession.runtime.session.CommitResult.Send;
import io.quarkiverse.imsession.runtime.store.MemorySessionStore;
import io.quarkiverse.imsession.runtime.store.SessionLimits;
import io.quarkiverse.imsession.spi.NewSession;
import io.quarkiverse.imsession.spi.SessionStore;
import io.quarkiverse.imsession.spi.SessionToken;
import io.quarkiverse.imsession.spi.SessionUpdate;
import io.quarkiverse.imsession.spi.UpdateResult;
import io.quarkiverse.imsession.test.ForwardingStore;

/** The way of flash values through requests, with the memory store. */
class SessionFlashTest {

    private static final int MAX_SIZE = 10_000;
    private static final SessionPolicy POLICY = new SessionPolicy(Duration.ofHours(1), null, Renewal.NONE, null, 0.33,
            Duration.ofSeconds(10), false, null, MAX_SIZE, false, OnStoreFailure.FAIL, Set.of(), true);

    private final MemorySessionStore store = new MemorySessionStore(10, SessionLimits.NONE);
    private final TokenCodec tokens = new TokenCodec(List.of());
    private final GuardedStore guarded = new GuardedStore(store, SessionMetrics.NONE);
    private final SessionCommitter committer = new SessionCommitter(guarded, new UpdateTurns(), tokens, POLICY,
            SessionEvents.NONE, null);
    private final SessionLoader loader = new SessionLoader(guarded, tokens, POLICY, SessionEvents.NONE, committer);
    private SessionToken token = tokens.generate();

    SessionFlashTest() {
        store.create(token.id(), new NewSession(token.hash(), SessionData.of("user", "Ada"), POLICY.expiry(null)))
                .toCompletableFuture().join();
    }

    @Test
    void valueIsReadByOneRequestAndGoneForTheNext() {
        put("notice", "Saved");
        assertThat(attributes()).singleElement().satisfies(name -> assertThat(name).matches("@flash:\\w+:notice"));

        RequestSession page = request();
        assertThat(page.flash().get("notice", String.class)).contains("Saved");
        assertThat(commit(page)).isInstanceOf(Send.class);

        assertThat(attributes()).as("nothing is left, not even an empty text").isEmpty();
        assertThat(request().flash().get("notice", String.class)).isEmpty();
    }

    @Test
    void valueThatIsReadWhileACommitRunsIsThereUntilTheNextCommit() {
        put("notice", "Saved");
        put("hint", "Log out");
        CompletableFuture<Void> gate = new CompletableFuture<>();
        GuardedStore slow = new GuardedStore(new ForwardingStore() {
            @Override
            public SessionStore delegate() {
                return store;
            }

            @Override
            public CompletionStage<UpdateResult> update(SessionId id, SessionUpdate update) {
                return gate.thenCompose(open -> store.update(id, update));
            }
        }, SessionMetrics.NONE);
        SessionCommitter slowly = new SessionCommitter(slow, new UpdateTurns(), tokens, POLICY, SessionEvents.NONE, null);
        RequestSession page = new SessionLoader(slow, tokens, POLICY, SessionEvents.NONE, slowly)
                .load(Set.of(tokens.encode(token, 1)), Set::of).toCompletableFuture().join();

        assertThat(page.flash().get("notice", String.class)).contains("Saved");
        CompletableFuture<SessionData> first = page.commit().subscribeAsCompletionStage();
        CompletableFuture<SessionData> second = page.commit().subscribeAsCompletionStage();
        assertThat(page.flash().get("hint", String.class)).contains("Log out");
        gate.complete(null);
        assertThat(first).isCompleted();
        assertThat(second).isCompleted();

        assertThat(page.flash().get("notice", String.class)).isEmpty();
        assertThat(page.flash().get("hint", String.class)).contains("Log out");
        page.commitAndAwait();
        assertThat(page.flash().names()).isEmpty();
        assertThat(attributes()).isEmpty();
    }

    @Test
    void valueIsThereForTheWholeRequestThatReadsIt() {
        put("notice", "Saved");
        Flash flash = request().flash();
        for (int i = 0; i < 3; i++) {
            assertThat(flash.contains("notice")).isTrue();
            assertThat(flash.names()).containsExactly("notice");
            assertThat(flash.get("notice", String.class)).contains("Saved");
        }
        flash.put("notice", "Sent");
        assertThat(flash.get("notice", String.class)).contains("Sent");
        assertThat(flash.get("notice", String.class)).contains("Sent");
    }

    @Test
    void requestThatReadsNoValueStoresNothingAndLosesNone() {
        put("notice", "Saved");
        RequestSession image = request();
        assertThat(image.flash().contains("notice")).isTrue();
        assertThat(image.flash().names()).containsExactly("notice");
        assertThat(image.flash().get("error", String.class)).isEmpty();
        assertThat(image.flash().contains("error")).isFalse();
        assertThat(commit(image)).isNull();
        assertThat(request().flash().get("notice", String.class)).contains("Saved");
    }

    @Test
    void valueThatIsPutAndReadInOneRequestIsNeverStored() {
        RequestSession form = request();
        form.flash().put("error", "Too short");
        assertThat(form.flash().get("error", String.class)).contains("Too short");
        assertThat(commit(form)).isNull();

        RequestSession visitor = loader.none();
        visitor.flash().put("error", "Too short");
        visitor.flash().get("error", String.class);
        assertThat(attributes(SessionToken.tryParse(((Send) commit(visitor)).token()))).isEmpty();
    }

    @Test
    void valueTakesThePlaceOfTheOneOfItsName() {
        put("notice", "Saved");
        put("notice", "Sent");
        assertThat(attributes()).hasSize(1);
        assertThat(read("notice")).contains("Sent");
    }

    @Test
    void valueOfAnyTypeReadsBackEqual() {
        Order order = new Order(7, LocalDate.EPOCH, List.of("Tea", "Honey"));
        put("order", order);
        put("errors", List.of("a", "b"));
        put("nothing", Optional.empty());
        RequestSession page = request();
        assertThat(page.flash().get("order", Order.class)).contains(order);
        assertThat(page.flash().get("errors", new TypeReference<List<String>>() {
        })).contains(List.of("a", "b"));
        assertThat(page.flash().get("nothing", String.class)).isEmpty();
        commit(page);
        assertThat(attributes()).isEmpty();
    }

    @Test
    void valueThatIsReadAsAnotherTypeCountsAsNotRead() {
        put("notice", "Saved");
        RequestSession page = request();
        assertThatExceptionOfType(SessionDecodingException.class).isThrownBy(() -> page.flash().get("notice", Integer.class))
                .withMessageContaining("'notice'").withMessageNotContaining("Saved");
        assertThat(commit(page)).isNull();
        assertThat(read("notice")).contains("Saved");
    }

    @Test
    void serverErrorLeavesTheValueForTheNextPage() {
        put("notice", "Saved");
        RequestSession failing = request();
        assertThat(failing.flash().get("notice", String.class)).contains("Saved");
        assertThat(committer.commit(failing, 500, false)).isNull();
        assertThat(read("notice")).contains("Saved");
    }

    @Test
    void pageRemovesNoValueThatIsPutUnderTheSameNameMeanwhile() {
        put("notice", "Saved");
        for (String same : List.of("Sent", "Saved")) {
            RequestSession page = request();
            put("notice", same);
            assertThat(page.flash().get("notice", String.class)).contains("Saved");
            commit(page);
            assertThat(read("notice")).as("the one that was put meanwhile").contains(same);
            put("notice", "Saved");
        }
    }

    @Test
    void parallelRequestsThatPutValuesLoseNoName() {
        RequestSession first = request();
        RequestSession second = request();
        first.flash().put("notice", "Saved");
        first.flash().put("both", 1);
        second.flash().put("error", "Too late");
        second.flash().put("both", 2);
        commit(first);
        commit(second);

        RequestSession page = request();
        assertThat(page.flash().names()).containsExactly("both", "error", "notice");
        assertThat(page.flash().get("notice", String.class)).contains("Saved");
        assertThat(page.flash().get("error", String.class)).contains("Too late");
        assertThat(page.flash().get("both", Integer.class)).get().isIn(1, 2);
        commit(page);
        assertThat(attributes()).isEmpty();
    }

    @Test
    void pagesThatReadAtTheSameTimeMayBothShowTheValue() {
        put("notice", "Saved");
        RequestSession first = request();
        RequestSession second = request();
        assertThat(first.flash().get("notice", String.class)).contains("Saved");
        assertThat(second.flash().get("notice", String.class)).contains("Saved");
        commit(first);
        commit(second);
        assertThat(read("notice")).isEmpty();
    }

    @Test
    void pageWhoseSessionIsRenewedOrEndedMeanwhileIsNotDisturbed() {
        put("notice", "Saved");
        for (Consumer<RequestSession> change : List.<Consumer<RequestSession>> of(RequestSession::renew,
                RequestSession::destroy)) {
            RequestSession page = request();
            RequestSession other = request();
            assertThat(page.flash().get("notice", String.class)).contains("Saved");
            change.accept(other);
            if (commit(other) instanceof Send renewed) {
                token = SessionToken.tryParse(renewed.token());
            }
            assertThat(commit(page)).isInstanceOf(Keep.class);
        }
    }

    @Test
    void changeBesideAReadValueIsToldIfItIsNotStored() {
        put("notice", "Saved");
        RequestSession page = request();
        page.flash().get("notice", String.class);
        page.flash().put("error", "Too late");
        RequestSession other = request();
        other.destroy();
        commit(other);
        assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> commit(page))
                .withCauseInstanceOf(SessionConflictException.class);
    }

    @Test
    void valueEndsWithItsSession() {
        put("notice", "Saved");
        RequestSession session = request();
        assertThat(session.flash().get("notice", String.class)).contains("Saved");
        session.destroy();
        assertThat(session.flash().names()).isEmpty();
        assertThat(session.flash().get("notice", String.class)).isEmpty();
        session.set(SessionData.of("a", 1));
        assertThat(session.flash().get("notice", String.class)).isEmpty();
        session.flash().put("notice", "Goodbye");
        SessionToken next = SessionToken.tryParse(((Send) commit(session)).token());
        assertThat(attributes(next)).hasSize(1);
        assertThat(load(next).flash().get("notice", String.class)).contains("Goodbye");
    }

    @Test
    void logInKeepsValuesUnlessAnotherUserWasLoggedIn() {
        RequestSession visitor = loader.none();
        visitor.flash().put("notice", "Hello");
        visitor.login("ada", Set.of());
        SessionToken ada = SessionToken.tryParse(((Send) commit(visitor)).token());

        RequestSession again = load(ada);
        again.login("ada", Set.of());
        assertThat(again.flash().contains("notice")).isTrue();
        RequestSession bob = load(ada);
        bob.login("bob", Set.of());
        assertThat(bob.flash().names()).isEmpty();
        assertThat(attributes(SessionToken.tryParse(((Send) commit(bob)).token()))).isEmpty();
    }

    @Test
    void valueMakesASessionAsDataDoes() {
        RequestSession visitor = loader.none();
        assertThat(visitor.flash().get("notice", String.class)).isEmpty();
        assertThat(visitor.flash().names()).isEmpty();
        assertThat(visitor.exists()).isFalse();
        assertThat(commit(visitor)).isNull();

        RequestSession form = loader.none();
        form.flash().put("notice", "Saved");
        assertThat(form.exists()).isTrue();
        SessionToken made = SessionToken.tryParse(((Send) commit(form)).token());
        assertThat(load(made).data()).isEqualTo(SessionData.empty());
        assertThat(load(made).flash().get("notice", String.class)).contains("Saved");
    }

    @Test
    void valueIsNoField() {
        put("notice", "Saved");
        assertThat(request().data()).isEqualTo(SessionData.of("user", "Ada"));
        RequestSession page = request();
        page.set(SessionData.of("notice", "a field"));
        assertThat(page.flash().get("notice", String.class)).contains("Saved");
        commit(page);
        assertThat(request().data()).isEqualTo(SessionData.of("notice", "a field"));
    }

    @ParameterizedTest
    @ValueSource(booleans = { false, true })
    void onceTheResponseHasBegunOnlyACommitRemovesTheValueThatIsRead(boolean upgrade) {
        put("notice", "Saved");
        put("error", "Too late");
        RequestSession page = request();
        page.flash().get("error", String.class);
        committer.commit(page, upgrade ? 101 : 200, upgrade);
        for (int i = 0; i < 2; i++) {
            assertThat(page.flash().get("error", String.class)).as("read before").contains("Too late");
            assertThat(page.flash().get("notice", String.class)).contains("Saved");
        }
        assertThat(request().flash().names()).containsExactly("notice");
        page.commit().await().indefinitely();
        assertThat(request().flash().names()).isEmpty();
        assertThat(page.flash().names()).isEmpty();

        page.flash().put("notice", "Sent");
        assertThat(request().flash().names()).isEmpty();
        page.commit().await().indefinitely();
        assertThat(read("notice")).contains("Sent");
    }

    @Test
    void onceTheResponseHasEndedAValueIsReadAndStays() {
        put("notice", "Saved");
        RequestSession page = request();
        page.answeredBy(new Answer() {
            @Override
            public boolean hasEnded() {
                return true;
            }
        });
        commit(page);
        assertThat(page.flash().get("notice", String.class)).contains("Saved");
        assertThatExceptionOfType(SessionCommittedException.class).isThrownBy(() -> page.flash().put("notice", "Sent"))
                .withMessageContaining("ImSession.flash().put()");
        assertThat(read("notice")).contains("Saved");
    }

    @Test
    void valueIsGoneForARequestAfterItHasCommittedThatItWasRead() {
        put("notice", "Saved");
        RequestSession page = request();
        assertThat(page.flash().get("notice", String.class)).contains("Saved");
        page.commit().await().indefinitely();
        assertThat(page.flash().get("notice", String.class)).isEmpty();
        assertThat(commit(page)).isNotNull();
        assertThat(attributes()).isEmpty();
    }

    @Test
    void valuesGoWithAnUpdateThatIsRepeatedOnWhatOthersHaveStored() {
        put("notice", "Saved");
        RequestSession page = request();
        RequestSession other = request();
        for (RequestSession session : List.of(other, page)) {
            session.update(data -> data.with("views", data.get("views", Integer.class).orElse(0) + 1));
        }
        assertThat(page.flash().get("notice", String.class)).contains("Saved");
        page.flash().put("error", "Too late");
        other.flash().put("notice", "Sent");
        commit(other);
        commit(page);

        assertThat(request().data().get("views", Integer.class)).contains(2);
        assertThat(request().flash().names()).containsExactly("error", "notice");
        assertThat(read("notice")).as("the one that was put meanwhile").contains("Sent");
        assertThat(read("error")).contains("Too late");
    }

    @Test
    void answerToARefusedRequestReadsAValueAndLeavesIt() {
        put("notice", "Saved");
        RequestSession request = request();
        request.flash().get("notice", String.class);
        RequestSession refused = request.refused();
        assertThat(refused.flash().get("notice", String.class)).contains("Saved");
        assertThatExceptionOfType(SessionCommittedException.class).isThrownBy(() -> refused.flash().put("a", 1));
        assertThat(commit(refused)).isNull();
        assertThat(read("notice")).contains("Saved");
    }

    @Test
    void withoutTheStoreThereIsNoValueAndNoneCanBePut() {
        RequestSession unavailable = RequestSession.unavailable(tokens, POLICY);
        assertThat(unavailable.flash().get("notice", String.class)).isEmpty();
        assertThat(unavailable.flash().names()).isEmpty();
        assertThatExceptionOfType(SessionStoreException.class).isThrownBy(() -> unavailable.flash().put("notice", "Saved"))
                .withMessageContaining("ImSession.flash().put() was called");
    }

    @Test
    void numberOfValuesThatNoRequestHasReadIsBounded() {
        RequestSession session = request();
        for (int i = 0; i < Flash.MAX_VALUES; i++) {
            session.flash().put("v" + i, i);
        }
        assertThatIllegalArgumentException().isThrownBy(() -> session.flash().put("one-more", 1))
                .withMessageContaining("at most 16 flash values").withMessageContaining("'one-more'");
        session.flash().put("v0", "replaced");
        session.flash().get("v1", Integer.class);
        session.flash().put("one-more", 1);
        commit(session);
        assertThat(attributes()).hasSize(Flash.MAX_VALUES);
        assertThatIllegalArgumentException().isThrownBy(() -> put("again", 1));
    }

    @Test
    void dataAndValuesTogetherPassNoLimitOfSize() {
        RequestSession session = request();
        assertThatExceptionOfType(SessionTooLargeException.class)
                .isThrownBy(() -> session.flash().put("notice", "x".repeat(MAX_SIZE)));
        assertThat(session.flash().names()).isEmpty();
        session.flash().put("notice", "x".repeat(MAX_SIZE / 2));
        assertThatExceptionOfType(SessionTooLargeException.class)
                .isThrownBy(() -> session.set(SessionData.of("a", "x".repeat(MAX_SIZE / 2))));
        assertThatExceptionOfType(SessionTooLargeException.class)
                .isThrownBy(() -> session.update(data -> data.with("a", "x".repeat(MAX_SIZE / 2))));
        assertThatExceptionOfType(SessionTooLargeException.class)
                .isThrownBy(() -> session.login("ada", Set.of("x".repeat(MAX_SIZE / 2))));
        assertThat(session.data()).isEqualTo(SessionData.of("user", "Ada"));
        session.flash().get("notice", String.class);
        session.set(SessionData.of("a", "x".repeat(MAX_SIZE / 2)));
    }

    @Test
    void parallelRequestsTogetherPassNoLimitOfSize() {
        RequestSession first = request();
        RequestSession second = request();
        first.flash().put("notice", "x".repeat(MAX_SIZE * 2 / 3));
        second.flash().put("notice", "y".repeat(MAX_SIZE * 2 / 3));
        commit(first);
        assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> commit(second))
                .withCauseInstanceOf(SessionConflictException.class);
        assertThat(attributes()).hasSize(1);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = { "", "@flash", "@", "\ud83d", "a\ude00" })
    void nameThatNoFieldMayHaveIsRefused(String name) {
        RequestSession session = request();
        assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> session.flash().put(name, 1))
                .isInstanceOfAny(IllegalArgumentException.class, NullPointerException.class);
        assertThat(commit(session)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = { ":", "a:b", "::", "user", "a@", "\u0000", " ", "../x", "a\r\nb", "\ud83d\ude00",
            "{}", "csrf", "flash:x" })
    void nameThatAFieldMayHaveIsKeptAsItIs(String name) {
        put(name, name);
        assertThat(request().flash().names()).containsExactly(name);
        assertThat(read(name)).contains(name);
        assertThat(read(name)).isEmpty();
    }

    @Test
    void nameAndValueAreChecked() {
        Flash flash = request().flash();
        assertThatIllegalArgumentException().isThrownBy(() -> flash.put("x".repeat(129), 1));
        assertThatIllegalArgumentException().isThrownBy(() -> flash.put("notice", null))
                .withMessageContaining("'notice' is null");
        assertThatExceptionOfType(SessionEncodingException.class).isThrownBy(() -> flash.put("notice", new Object()));
        assertThatNullPointerException().isThrownBy(() -> flash.get(null, String.class)).withMessage("name");
        assertThatNullPointerException().isThrownBy(() -> flash.contains(null)).withMessage("name");
    }

    @Test
    void labelThatIsRemovedLeavesNoAttribute() {
        RequestSession named = request();
        named.label("phone");
        commit(named);
        RequestSession unnamed = request();
        unnamed.label("");
        commit(unnamed);
        assertThat(attributes()).isEmpty();
    }

    /** A value. */
    record Order(long number, LocalDate day, List<String> lines) {
    }

    private void put(String name, Object value) {
        RequestSession session = request();
        session.flash().put(name, value);
        commit(session);
    }

    /** The value as the next page sees it, which is stored as read then. */
    private Optional<String> read(String name) {
        RequestSession page = request();
        Optional<String> value = page.flash().get(name, String.class);
        commit(page);
        return value;
    }

    private RequestSession request() {
        return load(token);
    }

    private RequestSession load(SessionToken presented) {
        return loader.load(Set.of(presented.value()), Set::of).toCompletableFuture().join();
    }

    private CommitResult commit(RequestSession session) {
        CompletionStage<CommitResult> stored = committer.commit(session, 200, false);
        return stored == null ? null : stored.toCompletableFuture().join();
    }

    private Set<String> attributes() {
        return attributes(token);
    }

    private Set<String> attributes(SessionToken of) {
        Set<String> names = new HashSet<>(
                store.load(of.id()).toCompletableFuture().join().attributes().keySet());
        names.removeIf(name -> name.equals(Attributes.LOGIN) || name.equals(Attributes.AUTHENTICATED));
        return names;
    }
}
