package io.quarkiverse.imsession.runtime.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.ImSessions;
import io.quarkiverse.imsession.PageRequest;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionEvent;
import io.quarkiverse.imsession.SessionEvent.Destroyed;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.SessionInfo;
import io.quarkiverse.imsession.SessionPage;
import io.quarkiverse.imsession.SessionTooLargeException;
import io.quarkiverse.imsession.runtime.config.ImSessionConfig.OnStoreFailure;
import io.quarkiverse.imsession.runtime.config.ImSessionConfig.Renewal;
import io.quarkiverse.imsession.runtime.session.GuardedStore;
import io.quarkiverse.imsession.runtime.session.RequestAccess;
import io.quarkiverse.imsession.runtime.session.SessionEvents;
import io.quarkiverse.imsession.runtime.session.SessionMetrics;
import io.quarkiverse.imsession.runtime.session.SessionPolicy;
import io.quarkiverse.imsession.runtime.session.UpdateTurns;
import io.quarkiverse.imsession.spi.Expiry;
import io.quarkiverse.imsession.spi.NewSession;
import io.quarkiverse.imsession.spi.Presented;
import io.quarkiverse.imsession.spi.SessionStore;
import io.quarkiverse.imsession.spi.SessionToken;
import io.quarkiverse.imsession.spi.SessionUpdate;
import io.quarkiverse.imsession.spi.TokenChange;
import io.quarkiverse.imsession.spi.UpdateResult;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;

/** Sessions by id and by references, whatever the store. */
public abstract class SessionAdministrationContract {

    private static final long MAX_SIZE = 10_000;
    private static final Expiry HOUR = new Expiry(Duration.ofHours(1), null, null);

    private final SecureRandom random = new SecureRandom();
    private final List<SessionEvent> fired = new CopyOnWriteArrayList<>();
    private SessionAdministration reactive;
    private ImSessions sessions;

    abstract SessionStore store();

    @BeforeEach
    void connect() {
        Set<String> references = Set.of("user_id", "ip");
        reactive = new SessionAdministration(new GuardedStore(store(), SessionMetrics.NONE), new UpdateTurns(),
                policy(references),
                new SessionEvents(SessionMetrics.NONE, List.of(), fired::add),
                references);
        sessions = new BlockingSessions(reactive);
    }

    public static SessionPolicy policy(Set<String> references) {
        return new SessionPolicy(Duration.ofHours(1), null, Renewal.ROTATE, null, 0.33, Duration.ofSeconds(10), false, null,
                MAX_SIZE, false, OnStoreFailure.FAIL, references, false);
    }

    @Test
    void unknownSessionIsEmptyAndEveryVerbOnItIsFalse() {
        SessionId id = newToken().id();
        assertThat(sessions.get(id)).isEmpty();
        assertThat(sessions.update(id, SessionData.of("a", 1))).isFalse();
        assertThat(sessions.unset(id, "a")).isFalse();
        assertThat(sessions.touch(id)).isFalse();
        assertThat(sessions.touch(id, Duration.ofDays(1))).isFalse();
        assertThat(sessions.destroy(id)).isFalse();
        assertThat(sessions.get(id)).isEmpty();
    }

    @Test
    void sessionIsShownWithItsDataAndTimes() {
        SessionData data = SessionData.of("user_id", unique(), "views", 1);
        SessionToken token = create(data);
        SessionInfo info = sessions.get(token.id()).orElseThrow();
        assertThat(info.id()).isEqualTo(token.id());
        assertThat(info.data()).isEqualTo(data);
        assertThat(info.renewedAt()).isEmpty();
        assertThat(info.expiresAt()).isEqualTo(info.createdAt().plus(Duration.ofHours(1)));

        store().update(token.id(),
                new SessionUpdate(store().load(token.id()).toCompletableFuture().join(), token.hash(), Map.of(),
                        Set.of(), new TokenChange.Renew(newToken().hash(), Duration.ZERO), null))
                .toCompletableFuture().join();
        assertThat(sessions.get(token.id()).orElseThrow().renewedAt()).isPresent();
    }

    @Test
    void whatIsLeftOfASessionThatWasReplacedIsNotShown() {
        String user = unique();
        SessionToken token = create(SessionData.of("user_id", user));
        SessionToken other = newToken();
        store().replace(token.id(), new Presented(token.hash(), 1), Duration.ofMinutes(1), other.id(),
                new NewSession(other.hash(), SessionData.of("user_id", user), HOUR))
                .toCompletableFuture().join();

        assertThat(store().load(token.id()).toCompletableFuture().join().isReplaced()).isTrue();
        assertThat(sessions.get(token.id())).isEmpty();
        assertThat(sessions.get(token.id(), Set.of("user_id"))).isEmpty();
        assertThat(sessions.update(token.id(), SessionData.of("a", 2))).isFalse();
        assertThat(sessions.unset(token.id(), "user_id")).isFalse();
        assertThat(sessions.touch(token.id())).isFalse();
        assertThat(sessions.destroy(token.id())).isFalse();
        assertThat(sessions.count("user_id", user)).isEqualTo(1);
        assertThat(sessions.stream().map(SessionInfo::id)).contains(other.id()).doesNotContain(token.id());
    }

    @Test
    void updateMergesFieldsAndLeavesTokenAndLifetime() {
        String user = unique();
        SessionToken token = create(SessionData.of("user_id", user, "a", 1));
        SessionInfo before = sessions.get(token.id()).orElseThrow();

        assertThat(sessions.update(token.id(), SessionData.of("a", 2, "b", 3))).isTrue();
        SessionInfo after = sessions.get(token.id()).orElseThrow();
        assertThat(after.data()).isEqualTo(SessionData.of("user_id", user, "a", 2, "b", 3));
        assertThat(after.expiresAt()).isEqualTo(before.expiresAt());
        assertThat(store().load(token.id()).toCompletableFuture().join().token().current()).isEqualTo(token.hash());
    }

    @Test
    void unsetReferenceIsFoundNoMoreAndTheSessionStays() {
        String ip = unique();
        SessionToken token = create(SessionData.of("user_id", unique(), "ip", ip));
        assertThat(ids(sessions.list("ip", ip, 10))).containsExactly(token.id());

        assertThat(sessions.unset(token.id(), "ip")).isTrue();
        assertThat(sessions.list("ip", ip, 10).sessions()).isEmpty();
        assertThat(sessions.get(token.id()).orElseThrow().data().contains("ip")).isFalse();
    }

    @Test
    void changedReferenceMovesTheSession() {
        String before = unique();
        String after = unique();
        SessionToken token = create(SessionData.of("user_id", before));
        sessions.update(token.id(), SessionData.of("user_id", after));
        assertThat(sessions.count("user_id", before)).isZero();
        assertThat(ids(sessions.list("user_id", after, 10))).containsExactly(token.id());
    }

    @Test
    void touchGivesALifetimeAnew() {
        SessionToken token = create(SessionData.empty());
        assertThat(sessions.touch(token.id(), Duration.ofDays(30))).isTrue();
        SessionInfo info = sessions.get(token.id()).orElseThrow();
        assertThat(Duration.between(info.createdAt(), info.expiresAt())).isBetween(Duration.ofDays(30), Duration.ofDays(31));
        assertThat(sessions.touch(token.id())).isTrue();
        assertThat(sessions.get(token.id()).orElseThrow().expiresAt()).isAfterOrEqualTo(info.expiresAt());
    }

    @Test
    void destroyedSessionLeavesNoReference() {
        String user = unique();
        SessionToken token = create(SessionData.of("user_id", user));
        assertThat(sessions.destroy(token.id())).isTrue();
        assertThat(sessions.get(token.id())).isEqualTo(Optional.empty());
        assertThat(sessions.list("user_id", user, 10).sessions()).isEmpty();
    }

    @Test
    void pagesTogetherHoldAllSessions() {
        String user = unique();
        Set<SessionId> created = new HashSet<>();
        for (int i = 0; i < 23; i++) {
            created.add(create(SessionData.of("user_id", user)).id());
        }
        List<SessionId> found = new ArrayList<>();
        SessionPage page = sessions.list("user_id", user, 10);
        found.addAll(ids(page));
        while (page.next().isPresent()) {
            page = sessions.list("user_id", user, PageRequest.ofSize(10).after(page));
            found.addAll(ids(page));
        }
        assertThat(found).containsExactlyInAnyOrderElementsOf(created);
        assertThat(sessions.count("user_id", user)).isEqualTo(23);
    }

    @Test
    void chosenFieldsAreShownAndNoOthers() {
        String user = unique();
        SessionToken token = create(SessionData.of("user_id", user, "device", "phone", "cart", List.of(1)));
        SessionInfo all = sessions.get(token.id()).orElseThrow();
        assertThat(sessions.get(token.id(), Set.of("device", "never"))).get().usingRecursiveComparison()
                .ignoringFields("data").isEqualTo(all);
        assertThat(sessions.get(token.id(), Set.of("device", "never"))).get().extracting(SessionInfo::data)
                .isEqualTo(SessionData.of("device", "phone"));
        assertThat(sessions.get(newToken().id(), Set.of("device"))).isEmpty();

        SessionData withDevice = SessionData.of("user_id", user, "device", "phone");
        assertThat(data(sessions.list("user_id", user, PageRequest.ofSize(10).withFields("device"))))
                .containsExactly(withDevice);
        assertThat(data(sessions.list("user_id", user, PageRequest.ofSize(10).withFields())))
                .containsExactly(SessionData.of("user_id", user));
        assertThat(sessions.stream("user_id", user, Set.of("device")).map(SessionInfo::data)).containsExactly(withDevice);
        assertThat(reactive.stream("user_id", user, Set.of("device", "never")).collect().asList().await().indefinitely())
                .extracting(SessionInfo::data).containsExactly(withDevice);
    }

    @Test
    void streamsHoldAllSessions() {
        String user = unique();
        Set<SessionId> created = new HashSet<>();
        for (int i = 0; i < 600; i++) {
            created.add(create(SessionData.of("user_id", user)).id());
        }
        assertThat(sessions.stream("user_id", user).map(SessionInfo::id)).containsExactlyInAnyOrderElementsOf(created);
        assertThat(reactive.stream("user_id", user).map(SessionInfo::id).collect().asList().await().indefinitely())
                .containsExactlyInAnyOrderElementsOf(created);
        assertThat(sessions.count("user_id", user)).isEqualTo(600);
        assertThat(sessions.stream("user_id", unique())).isEmpty();
        Iterable<SessionInfo> each = sessions.stream("user_id", user)::iterator;
        assertThat(each).hasSize(600);
    }

    @Test
    void streamGivesAsMuchAsIsAskedForAndCanBeSubscribedToAgain() {
        String user = unique();
        for (int i = 0; i < 300; i++) {
            create(SessionData.of("user_id", user));
        }
        Multi<SessionInfo> stream = reactive.stream("user_id", user);
        AssertSubscriber<SessionInfo> slow = stream.subscribe().withSubscriber(AssertSubscriber.create(10));
        slow.awaitItems(10).assertNotTerminated();
        slow.request(290).awaitItems(300).awaitCompletion();
        assertThat(stream.collect().asList().await().indefinitely()).hasSize(300);
        AssertSubscriber<SessionInfo> gone = stream.subscribe().withSubscriber(AssertSubscriber.create(1));
        gone.awaitItems(1).cancel();
        gone.assertNotTerminated();
    }

    @Test
    void allSessionsAreListedCountedAndEnded() {
        sessions.destroyEverySession();
        fired.clear();
        Set<SessionId> created = new HashSet<>();
        Set<SessionEvent> expected = new HashSet<>();
        for (int i = 0; i < 300; i++) {
            SessionId id = create(i % 2 == 0 ? SessionData.empty() : SessionData.of("user_id", i, "device", "phone")).id();
            created.add(id);
            expected.add(new Destroyed(id, Destroyed.Cause.ADMINISTRATION));
        }
        assertThat(sessions.count()).isEqualTo(300);
        assertThat(sessions.stream().map(SessionInfo::id)).containsExactlyInAnyOrderElementsOf(created);
        assertThat(reactive.stream().map(SessionInfo::id).collect().asList().await().indefinitely())
                .containsExactlyInAnyOrderElementsOf(created);
        Set<SessionId> listed = new HashSet<>();
        PageRequest request = PageRequest.ofSize(100).withFields("device");
        SessionPage page = sessions.list(request);
        listed.addAll(ids(page));
        while (page.next().isPresent()) {
            assertThat(data(page)).isSubsetOf(SessionData.empty(), SessionData.of("device", "phone"));
            page = sessions.list(request.after(page));
            listed.addAll(ids(page));
        }
        assertThat(listed).isEqualTo(created);

        assertThat(sessions.destroyEverySession()).isEqualTo(300);
        assertThat(fired).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(sessions.count()).isZero();
        assertThat(sessions.destroyEverySession()).isZero();
    }

    @Test
    void eachEndedSessionIsReported() {
        String user = unique();
        Set<SessionEvent> expected = new HashSet<>();
        for (int i = 0; i < 3; i++) {
            expected.add(new Destroyed(create(SessionData.of("user_id", user)).id(), Destroyed.Cause.ADMINISTRATION));
        }
        SessionToken kept = create(SessionData.of("user_id", user));
        sessions.destroyOthers("user_id", user, kept.id());
        assertThat(fired).containsExactlyInAnyOrderElementsOf(expected);
        sessions.destroy(kept.id());
        sessions.destroyAll("user_id", user);
        assertThat(fired).hasSize(4).contains(new Destroyed(kept.id(), Destroyed.Cause.ADMINISTRATION));
    }

    @Test
    void destroyAllEndsAllSessionsOfAValueAndNoOther() {
        String user = unique();
        String other = unique();
        for (int i = 0; i < 600; i++) {
            create(SessionData.of("user_id", user));
        }
        SessionToken bystander = create(SessionData.of("user_id", other));

        assertThat(sessions.destroyAll("user_id", user)).isEqualTo(600);
        assertThat(sessions.count("user_id", user)).isZero();
        assertThat(sessions.destroyAll("user_id", user)).isZero();
        assertThat(sessions.get(bystander.id())).isPresent();
    }

    @Test
    void destroyOthersKeepsOne() {
        String user = unique();
        SessionToken kept = create(SessionData.of("user_id", user));
        for (int i = 0; i < 3; i++) {
            create(SessionData.of("user_id", user));
        }
        assertThat(sessions.destroyOthers("user_id", user, kept.id())).isEqualTo(3);
        assertThat(ids(sessions.list("user_id", user, 10))).containsExactly(kept.id());
    }

    @Test
    void badArgumentsAreRefusedWithWhatToDo() {
        assertThatIllegalArgumentException().isThrownBy(() -> sessions.list("colour", "red", 10))
                .withMessageContaining("quarkus.imsession.references.\"colour\"");
        assertThatIllegalArgumentException().isThrownBy(() -> sessions.list("user_id", List.of(1), 10))
                .withMessageContaining("'user_id'");
        assertThatIllegalArgumentException().isThrownBy(() -> sessions.list("user_id", "", 10));
        assertThatIllegalArgumentException().isThrownBy(() -> sessions.list("user_id", "x".repeat(10_000), 10))
                .withMessageNotContaining("xxx");
        assertThatIllegalArgumentException().isThrownBy(() -> sessions.list("user_id", 1, 0))
                .withMessageContaining("1 to 1000");
        assertThatIllegalArgumentException().isThrownBy(() -> sessions.list("user_id", 1, -1));
        assertThatIllegalArgumentException().isThrownBy(() -> sessions.list("user_id", 1, Integer.MAX_VALUE));
        assertThatIllegalArgumentException().isThrownBy(() -> sessions.touch(newToken().id(), Duration.ZERO));
        assertThatExceptionOfType(NullPointerException.class).isThrownBy(() -> sessions.list("user_id", null, 10));
    }

    @Test
    void reservedNamesAreRefusedAndTheSessionLives() {
        SessionToken token = create(SessionData.of("user_id", unique()));
        assertThatIllegalArgumentException().isThrownBy(() -> sessions.unset(token.id(), "a", "@meta"))
                .withMessageContaining("'@meta'");
        assertThatIllegalArgumentException().isThrownBy(() -> sessions.get(token.id(), Set.of("@meta")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sessions.list("user_id", 1, PageRequest.ofSize(1).withFields("@meta")));
        assertThatIllegalArgumentException().isThrownBy(() -> sessions.stream("user_id", 1, Set.of("@meta")));
        assertThat(sessions.unset(token.id(), "a", "a")).isTrue();
        assertThat(sessions.get(token.id())).isPresent();
    }

    @Test
    void pagesThatCannotBeAreRefused() {
        for (int size : new int[] { 0, -1, Integer.MIN_VALUE, 1001, Integer.MAX_VALUE }) {
            assertThatIllegalArgumentException().isThrownBy(() -> PageRequest.ofSize(size)).withMessageContaining("1 to 1000");
        }
        for (String after : List.of("", "*", "1:2", "7:{}", "x".repeat(10_000))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> sessions.list("user_id", 1, PageRequest.ofSize(1).after(after)));
        }
        SessionPage last = sessions.list("user_id", unique(), 1);
        assertThatIllegalArgumentException().isThrownBy(() -> PageRequest.ofSize(1).after(last));
    }

    @Test
    void othersThanNobodyAreNotEnded() {
        String user = unique();
        SessionToken token = create(SessionData.of("user_id", user));
        assertThatExceptionOfType(NullPointerException.class)
                .isThrownBy(() -> sessions.destroyOthers("user_id", user, null));
        assertThat(sessions.get(token.id())).isPresent();
    }

    @Test
    void textThatIsNotValidUnicodeIsRefusedByEachVerbAndEndsNothing() {
        String user = unique();
        // As UTF-8 these are what such a text would become.
        List<SessionToken> others = Stream.of("?", "??", "\ufffd?", "a?b")
                .map(end -> create(SessionData.of("user_id", user + end))).toList();
        for (String end : List.of("\ud83d", "\ude00", "\ude00\ud83d", "\ud83d\ud83d", "a\ud83db", "\ufffd", "\ufffd\ud83d")) {
            for (BiConsumer<String, Object> verb : verbs()) {
                assertThatIllegalArgumentException().isThrownBy(() -> verb.accept("user_id", user + end))
                        .withMessageContaining("'user_id'").withMessageContaining("valid Unicode")
                        .withMessageNotContaining(user);
            }
        }
        assertThat(others).allSatisfy(token -> assertThat(sessions.get(token.id())).isPresent());
        assertThat(fired).isEmpty();
        assertThat(sessions.destroyAll("user_id", user + "?")).isEqualTo(1);
    }

    @Test
    void updateOfAnIndexedFieldToWhatIsNoReferenceIsRefusedAndTheSessionIsStillFound() {
        String user = unique();
        SessionToken token = create(SessionData.of("user_id", user, "a", 1));
        for (Object value : List.of(List.of(7), Map.of("a", 1), "", "x".repeat(257), user + "\ud83d", user + "\ufffd")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> sessions.update(token.id(), SessionData.of("user_id", value, "a", 2)))
                    .withMessageContaining("'user_id'").withMessageNotContaining(user);
            assertThatIllegalArgumentException().isThrownBy(() -> reactive
                    .update(token.id(), SessionData.of("user_id", value)).await().indefinitely());
        }
        assertThat(data(sessions.list("user_id", user, 10))).containsExactly(SessionData.of("user_id", user, "a", 1));
        assertThat(sessions.destroyAll("user_id", user)).isEqualTo(1);
    }

    @Test
    void updateOfADamagedIndexedFieldToItsOwnValueIsRefusedAsItWouldBeWrittenAgain() {
        SessionToken token = create(SessionData.of("user_id", List.of(7)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sessions.update(token.id(), SessionData.of("user_id", List.of(7))));
        assertThat(sessions.update(token.id(), SessionData.of("a", 1))).isTrue();
    }

    @Test
    void fieldsThatAStoreCouldNotKeepAreRefused() {
        SessionToken token = create(SessionData.of("a", 1));
        for (SessionData fields : List.of(SessionData.fromJson(Map.of("@login", "{}")),
                SessionData.fromJson(Map.of("b\ud83d", "1")), SessionData.fromJson(Map.of("b", "\"\ude00\"")),
                SessionData.fromJson(Map.of("", "1")), SessionData.fromJson(Map.of("x".repeat(129), "1")))) {
            assertThatIllegalArgumentException().isThrownBy(() -> sessions.update(token.id(), fields));
            assertThatIllegalArgumentException().isThrownBy(() -> sessions.update(token.id(), before -> fields));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> sessions.unset(token.id(), "a\ud83d"));
        assertThatIllegalArgumentException().isThrownBy(() -> sessions.get(token.id(), Set.of("a\ud83d")));
        assertThat(sessions.get(token.id()).orElseThrow().data()).isEqualTo(SessionData.of("a", 1));
    }

    private List<BiConsumer<String, Object>> verbs() {
        return List.of((field, value) -> sessions.list(field, value, 10),
                sessions::stream, (field, value) -> sessions.stream(field, value, Set.of("a")), sessions::count,
                sessions::destroyAll, (field, value) -> sessions.destroyOthers(field, value, newToken().id()),
                reactive::stream, reactive::count, reactive::destroyAll);
    }

    @Test
    void badReferencesAreRefusedByEachVerb() {
        for (BiConsumer<String, Object> verb : verbs()) {
            assertThatIllegalArgumentException().isThrownBy(() -> verb.accept("colour", "red"))
                    .withMessageContaining("quarkus.imsession.references.\"colour\"");
            assertThatIllegalArgumentException().isThrownBy(() -> verb.accept("user_id", "x".repeat(10_000)))
                    .withMessageNotContaining("xxx");
            assertThatIllegalArgumentException().isThrownBy(() -> verb.accept("user_id", Map.of()));
            assertThatExceptionOfType(NullPointerException.class).isThrownBy(() -> verb.accept("user_id", null));
        }
    }

    @Test
    void updateBeyondTheSizeIsRefusedAndChangesNothing() {
        SessionToken token = create(SessionData.of("a", 1));
        assertThatExceptionOfType(SessionTooLargeException.class)
                .isThrownBy(() -> sessions.update(token.id(), SessionData.of("b", "x".repeat((int) MAX_SIZE))));
        assertThat(sessions.get(token.id()).orElseThrow().data()).isEqualTo(SessionData.of("a", 1));
    }

    @Test
    void functionChangesWhatIsStoredAndNothingElse() {
        String user = unique();
        SessionToken token = create(SessionData.of("user_id", user, "views", 1, "old", true, "kept", "as it was"));
        assertThat(sessions.update(token.id(),
                data -> data.with("views", data.get("views", Integer.class).orElseThrow() + 1).without("old"))).isTrue();
        assertThat(sessions.get(token.id()).orElseThrow().data())
                .isEqualTo(SessionData.of("user_id", user, "views", 2, "kept", "as it was"));
        assertThat(sessions.update(token.id(), data -> data.with("user_id", user + "-2"))).isTrue();
        assertThat(sessions.count("user_id", user)).isZero();
        assertThat(sessions.count("user_id", user + "-2")).isEqualTo(1);
        assertThat(reactive.update(token.id(), data -> data.without("views")).await().indefinitely()).isTrue();
        assertThat(sessions.get(token.id()).orElseThrow().data().names()).containsExactlyInAnyOrder("user_id", "kept");
    }

    @Test
    void functionThatChangesNothingStoresNothingAndOfNoSessionIsNotCalled() {
        SessionToken token = create(SessionData.of("a", 1));
        long version = store().load(token.id()).toCompletableFuture().join().version();
        assertThat(sessions.update(token.id(), data -> data.with("a", 1))).isTrue();
        assertThat(store().load(token.id()).toCompletableFuture().join().version()).isEqualTo(version);
        assertThat(sessions.update(newToken().id(), data -> {
            throw new IllegalStateException("called");
        })).isFalse();
    }

    @Test
    void fieldsThatOthersChangeMeanwhileSurviveAFunction() {
        SessionToken token = create(SessionData.of("a", 1, "b", 1));
        SessionUpdate other = new SessionUpdate(store().load(token.id()).toCompletableFuture().join(), null,
                Map.of("b", "2"), Set.of(), TokenChange.KEEP, null);
        List<CompletionStage<UpdateResult>> others = new CopyOnWriteArrayList<>();
        assertThat(sessions.update(token.id(), data -> {
            // It may be on an event loop, and must not wait there.
            others.add(store().update(token.id(), other));
            return data.with("a", 2);
        })).isTrue();
        others.forEach(update -> update.toCompletableFuture().join());
        assertThat(sessions.get(token.id()).orElseThrow().data()).isEqualTo(SessionData.of("a", 2, "b", 2));
    }

    @Test
    void functionOfBlockingCodeIsCalledOnItsThreadAndMayBlock() {
        SessionToken token = create(SessionData.of("a", 1));
        Thread caller = Thread.currentThread();
        assertThat(sessions.update(token.id(), data -> {
            assertThat(Thread.currentThread()).isSameAs(caller);
            return data.with("a", sessions.get(token.id()).orElseThrow().data().get("a", Integer.class).orElseThrow() + 1);
        })).isTrue();
        assertThat(sessions.get(token.id()).orElseThrow().data()).isEqualTo(SessionData.of("a", 2));
    }

    @Test
    void badResultsOfAFunctionAreRefusedAndChangeNothing() {
        SessionToken token = create(SessionData.of("a", 1));
        assertThatExceptionOfType(SessionTooLargeException.class)
                .isThrownBy(() -> sessions.update(token.id(), data -> data.with("b", "x".repeat((int) MAX_SIZE))));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sessions.update(token.id(), data -> data.with("user_id", List.of())));
        assertThatExceptionOfType(NullPointerException.class).isThrownBy(() -> sessions.update(token.id(), data -> null))
                .withMessageContaining("ImSessions.update()");
        assertThatIllegalStateException().isThrownBy(() -> sessions.update(token.id(), data -> {
            throw new IllegalStateException("mine");
        })).withMessage("mine");
        assertThatIllegalStateException().isThrownBy(() -> sessions.update(token.id(), data -> {
            sessions.update(token.id(), other -> other.with("c", 1));
            return data.with("b", 1);
        })).withMessageContaining("in the function given to ImSessions.update()");
        assertThatIllegalStateException().isThrownBy(() -> reactive.update(token.id(), data -> {
            reactive.update(token.id(), other -> other.with("c", 1)).await().indefinitely();
            return data.with("b", 1);
        }).await().indefinitely()).withMessageContaining("in the function given to ImSessions.update()");
        assertThat(sessions.get(token.id()).orElseThrow().data()).isEqualTo(SessionData.of("a", 1));
    }

    @Test
    void functionForASessionOfARequestCannotUpdateSessionsAndViceVersa() {
        SessionToken token = create(SessionData.of("a", 1));
        SessionToken other = create(SessionData.empty());
        new RequestAccess(store()).request(token, session -> {
            assertThatIllegalStateException().isThrownBy(() -> session.update(data -> {
                sessions.update(token.id(), inner -> inner.with("c", 1));
                return data.with("b", 1);
            })).withMessageContaining("in the function given to ImSession.update()");
            assertThatIllegalStateException().isThrownBy(() -> sessions.update(token.id(), data -> {
                session.set(data.with("c", 1));
                return data.with("b", 1);
            })).withMessageContaining("in the function given to ImSessions.update()");
            assertThatIllegalStateException().isThrownBy(() -> sessions.update(token.id(),
                    data -> data.with("b", session.data().names().size()))).withMessageContaining("the same session");
            assertThat(sessions.update(other.id(), data -> data.with("b", session.data().names().size()))).isTrue();
        });
        assertThat(sessions.get(token.id()).orElseThrow().data()).isEqualTo(SessionData.of("a", 1));
        assertThat(sessions.get(other.id()).orElseThrow().data()).isEqualTo(SessionData.of("b", 1));
    }

    private static List<SessionData> data(SessionPage page) {
        return page.sessions().stream().map(SessionInfo::data).toList();
    }

    private static List<SessionId> ids(SessionPage page) {
        return page.sessions().stream().map(SessionInfo::id).toList();
    }

    private SessionToken newToken() {
        return SessionToken.generate(random);
    }

    private SessionToken create(SessionData data) {
        SessionToken token = newToken();
        store().create(token.id(), new NewSession(token.hash(), data, HOUR)).toCompletableFuture().join();
        return token;
    }

    private static String unique() {
        return UUID.randomUUID().toString();
    }
}
