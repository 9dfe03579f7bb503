package io.quarkiverse.imsession.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.Reference;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.spi.IndexedSessionStore;
import io.quarkiverse.imsession.spi.IndexedSessionStore.Found;
import io.quarkiverse.imsession.spi.IndexedSessionStore.Page;
import io.quarkiverse.imsession.spi.IndexedSessionStore.Scan;
import io.quarkiverse.imsession.spi.NewSession;
import io.quarkiverse.imsession.spi.Presented;
import io.quarkiverse.imsession.spi.SessionToken;
import io.quarkiverse.imsession.spi.SessionUpdate;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.spi.TokenChange;
import io.quarkiverse.imsession.spi.UpdateResult;

/**
 * The tests that every {@link IndexedSessionStore} must pass, besides those of {@link SessionStoreContract}. The store under
 * test has an index of the fields {@code user_id} and {@code tenant}. Nothing else may use it, as some tests end all its
 * sessions.
 */
public abstract class IndexedSessionStoreContract extends SessionStoreContract {

    private static final int ALL = 1000;
    private static final Duration DAY = Duration.ofDays(1);

    @Override
    protected abstract IndexedSessionStore store();

    @Test
    protected void sessionIsFoundByEachOfItsReferences() {
        String user = unique();
        String tenant = unique();
        SessionToken token = create(SessionData.of("user_id", user, "tenant", tenant, "other", 1));

        assertThat(find("user_id", user)).containsExactly(token.id());
        assertThat(find("tenant", tenant)).containsExactly(token.id());
        assertThat(find("tenant", user)).isEmpty();
        Page page = await(store().find(Reference.of("user_id", user), null, ALL, null));
        assertThat(page.sessions()).first()
                .extracting(found -> found.session().data().get("other", Integer.class).orElseThrow())
                .isEqualTo(1);
    }

    @Test
    protected void textNumberAndBooleanAreFoundByTheirText() {
        UUID uuid = UUID.randomUUID();
        int number = Math.abs(uuid.hashCode());
        SessionToken token = create(SessionData.of("user_id", number, "tenant", uuid));
        assertThat(find("user_id", number)).containsExactly(token.id());
        assertThat(find("user_id", Integer.toString(number))).containsExactly(token.id());
        assertThat(find("tenant", uuid)).containsExactly(token.id());
    }

    @Test
    protected void valuesOfAnyCharactersAreKeptApart() {
        String base = unique();
        List<String> values = valuesOfAnyCharacters(base);
        List<SessionToken> tokens = values.stream().map(value -> create(SessionData.of("user_id", value))).toList();
        for (int i = 0; i < values.size(); i++) {
            assertThat(find("user_id", values.get(i))).as(values.get(i)).containsExactly(tokens.get(i).id());
        }
        assertThat(find("tenant", base)).isEmpty();
    }

    @Test
    protected void sessionsOfEachValueOfAnyCharactersAreEndedApart() {
        List<String> values = valuesOfAnyCharacters(unique());
        List<SessionToken> tokens = values.stream().map(value -> create(SessionData.of("user_id", value, "tenant", "all")))
                .toList();
        for (int i = 0; i < values.size(); i++) {
            assertThat(end("user_id", values.get(i))).as(values.get(i)).containsExactly(tokens.get(i).id());
        }
    }

    @Test
    protected void foundSessionsHaveTheChosenFieldsAndThatOfTheReference() {
        String user = unique();
        create(SessionData.of("user_id", user, "device", "phone", "cart", List.of(1, 2), "tenant", 1));
        Reference reference = Reference.of("user_id", user);
        assertThat(await(store().find(reference, null, ALL, Set.of("device", "never"))).sessions()).singleElement()
                .extracting(found -> found.session().data())
                .isEqualTo(SessionData.of("user_id", user, "device", "phone"));
        assertThat(await(store().find(reference, null, ALL, Set.of())).sessions()).singleElement()
                .extracting(found -> found.session().data()).isEqualTo(SessionData.of("user_id", user));
        assertThat(await(store().scan(reference, ALL, Set.of("tenant")).next()).sessions()).singleElement()
                .extracting(found -> found.session().data()).isEqualTo(SessionData.of("user_id", user, "tenant", 1));
    }

    @Test
    protected void foundSessionsHaveAllAttributesWhateverFieldsAreChosen() {
        String user = unique();
        SessionToken token = newToken();
        Map<String, String> attributes = Map.of("@label", "phone", "@of-another-version", "7");
        await(store().create(token.id(), new NewSession(token.hash(), SessionData.of("user_id", user), attributes, expiry())));
        Reference reference = Reference.of("user_id", user);
        for (Set<String> fields : Arrays.asList(null, Set.<String> of(), Set.of("never"))) {
            assertThat(await(store().find(reference, null, ALL, fields)).sessions()).singleElement()
                    .extracting(found -> found.session().attributes()).isEqualTo(attributes);
            assertThat(await(store().scan(reference, ALL, fields).next()).sessions()).singleElement()
                    .extracting(found -> found.session().attributes()).isEqualTo(attributes);
        }
    }

    @Test
    protected void scanGoesThroughAllPages() {
        String user = unique();
        Set<SessionId> created = createMany(25, () -> SessionData.of("user_id", user));
        List<SessionId> found = new ArrayList<>();
        Scan scan = store().scan(Reference.of("user_id", user), 10, null);
        Page page;
        do {
            page = await(scan.next());
            page.sessions().forEach(session -> found.add(session.id()));
        } while (page.next() != null);
        assertThat(found).containsExactlyInAnyOrderElementsOf(created);
        assertThat(await(store().scan(Reference.of("user_id", unique()), 10, null).next()).sessions()).isEmpty();
    }

    @Test
    protected void allSessionsOfAValueAreEndedOnceAndNoOther() {
        String user = unique();
        Set<SessionId> created = createMany(600, () -> SessionData.of("user_id", user, "tenant", unique()));
        SessionToken bystander = create(SessionData.of("user_id", unique(), "other", user));
        String tenant = await(store().load(created.iterator().next())).data().get("tenant", String.class).orElseThrow();

        assertThat(end("user_id", user)).containsExactlyInAnyOrderElementsOf(created);
        assertThat(created).allMatch(id -> await(store().load(id)) == null);
        assertThat(find("user_id", user)).isEmpty();
        assertThat(find("tenant", tenant)).isEmpty();
        assertThat(load(bystander)).isNotNull();
        assertThat(end("user_id", user)).isEmpty();
    }

    @Test
    protected void oneMayBeKeptWhenTheOthersAreEnded() {
        String user = unique();
        Set<SessionId> others = createMany(3, () -> SessionData.of("user_id", user));
        SessionToken kept = create(SessionData.of("user_id", user));
        List<SessionId> ended = new CopyOnWriteArrayList<>();
        assertThat(await(store().destroyAll(Reference.of("user_id", user), kept.id(), ended::add))).isEqualTo(3);
        assertThat(ended).containsExactlyInAnyOrderElementsOf(others);
        assertThat(find("user_id", user)).containsExactly(kept.id());
    }

    @Test
    protected void textAndNumberAreEndedByTheirText() {
        int number = Math.abs(unique().hashCode());
        SessionToken asNumber = create(SessionData.of("user_id", number));
        SessionToken asText = create(SessionData.of("user_id", Integer.toString(number)));
        SessionToken quoted = create(SessionData.of("user_id", "\"" + number + "\""));
        assertThat(end("user_id", number)).containsExactlyInAnyOrder(asNumber.id(), asText.id());
        assertThat(load(quoted)).isNotNull();
    }

    @Test
    protected void sessionThatHasMovedAwayIsNotEnded() {
        String before = unique();
        SessionToken token = create(SessionData.of("user_id", before));
        update(token, SessionData.of("user_id", unique()).toJson(), Set.of(), TokenChange.KEEP);
        assertThat(end("user_id", before)).isEmpty();
        assertThat(load(token)).isNotNull();
    }

    @Test
    protected void endedSessionIsNotBroughtBackByARequestUnderWay() {
        String user = unique();
        SessionToken token = create(SessionData.of("user_id", user));
        StoredSession basis = load(token);
        assertThat(end("user_id", user)).hasSize(1);
        assertThat(await(store().update(token.id(), new SessionUpdate(basis, token.hash(), Map.of("a", "1"), Set.of(),
                TokenChange.KEEP, expiry(DAY.multipliedBy(9), null, null))))).isInstanceOf(UpdateResult.Gone.class);
        assertThat(find("user_id", user)).isEmpty();
    }

    /** The sessions of later pages are used while those of the first one are ended. */
    @Test
    protected void sessionsThatAreUsedMeanwhileAreEndedToo() {
        String user = unique();
        List<SessionToken> tokens = new ArrayList<>();
        for (int i = 0; i < 1100; i++) {
            tokens.add(create(SessionData.of("user_id", user)));
        }
        List<SessionToken> used = tokens.subList(300, 1100);
        Map<SessionId, StoredSession> basis = new HashMap<>();
        used.forEach(token -> basis.put(token.id(), load(token)));
        List<CompletionStage<UpdateResult>> uses = new ArrayList<>();
        AtomicBoolean first = new AtomicBoolean(true);
        long count = await(store().destroyAll(Reference.of("user_id", user), null, id -> {
            if (first.getAndSet(false)) {
                used.forEach(token -> uses.add(store().update(token.id(), new SessionUpdate(basis.get(token.id()),
                        token.hash(), Map.of(), Set.of(), TokenChange.KEEP, expiry(DAY, DAY.multipliedBy(9), null)))));
            }
        }));
        assertThat(count).isEqualTo(1100);
        assertThat(uses).hasSize(used.size()).anyMatch(use -> await(use) instanceof UpdateResult.Updated);
        assertThat(find("user_id", user)).isEmpty();
    }

    @Test
    protected void sessionThatIsCreatedMeanwhileStays() {
        String user = unique();
        Set<SessionId> before = createMany(600, () -> SessionData.of("user_id", user));
        SessionToken late = newToken();
        AtomicReference<CompletionStage<?>> creating = new AtomicReference<>();
        List<SessionId> ended = new CopyOnWriteArrayList<>();
        await(store().destroyAll(Reference.of("user_id", user), null, id -> {
            ended.add(id);
            if (creating.get() == null) {
                // Sessions that are created while the first command of the store is in progress may count as older ones.
                Awaitility.await().pollDelay(Duration.ofMillis(500)).until(() -> true);
                creating.set(creating(late, SessionData.of("user_id", user)));
            }
        }));
        await(creating.get());
        assertThat(ended).containsExactlyInAnyOrderElementsOf(before);
        assertThat(find("user_id", user)).containsExactly(late.id());
    }

    @Test
    protected void allSessionsAreEndedAlsoThoseWithoutAReference() {
        String user = unique();
        Set<SessionId> created = createMany(300, () -> SessionData.of("user_id", user));
        created.addAll(createMany(300, SessionData::empty));
        List<SessionId> ended = new CopyOnWriteArrayList<>();
        assertThat(await(store().destroyEverySession(ended::add))).isEqualTo(ended.size());
        assertThat(ended).doesNotHaveDuplicates().containsAll(created);
        assertThat(created).allMatch(id -> await(store().load(id)) == null);
        assertThat(find("user_id", user)).isEmpty();
        allPages(ALL, page -> assertThat(page.sessions()).isEmpty());
    }

    @Test
    protected void sessionThatIsCreatedWhileAllAreEndedStays() {
        Set<SessionId> before = createMany(600, SessionData::empty);
        SessionToken late = newToken();
        AtomicReference<CompletionStage<?>> creating = new AtomicReference<>();
        List<SessionId> ended = new CopyOnWriteArrayList<>();
        await(store().destroyEverySession(id -> {
            ended.add(id);
            if (creating.get() == null) {
                // Sessions that are created while the first command of the store is in progress may count as older ones.
                Awaitility.await().pollDelay(Duration.ofMillis(500)).until(() -> true);
                creating.set(creating(late, SessionData.empty()));
            }
        }));
        await(creating.get());
        assertThat(ended).containsAll(before);
        assertThat(load(late)).isNotNull();
    }

    @Test
    protected void endingComesToAnEndWhileSessionsAreCreatedAllTheTime() throws Exception {
        String user = unique();
        Set<SessionId> before = createMany(1000, () -> SessionData.of("user_id", user));
        AtomicBoolean stop = new AtomicBoolean();
        CountDownLatch under = new CountDownLatch(50);
        Set<SessionId> created = ConcurrentHashMap.newKeySet();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (int i = 0; i < 2; i++) {
                threads.submit(() -> {
                    while (!stop.get()) {
                        created.add(create(SessionData.of("user_id", user)).id());
                        under.countDown();
                    }
                });
            }
            assertThat(under.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(end("user_id", user)).containsAll(before);
        } finally {
            stop.set(true);
            threads.shutdown();
        }
        assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        // A page is enough, as a fast store has very many sessions by now.
        assertThat(await(store().find(Reference.of("user_id", user), null, ALL, null)).sessions()).extracting(Found::id)
                .noneMatch(before::contains).allMatch(created::contains);
    }

    @Test
    protected void changedValueMovesTheSession() {
        String before = unique();
        String after = unique();
        SessionToken token = create(SessionData.of("user_id", before));
        update(token, SessionData.of("user_id", after).toJson(), Set.of(), TokenChange.KEEP);

        assertThat(find("user_id", before)).isEmpty();
        assertThat(find("user_id", after)).containsExactly(token.id());
    }

    @Test
    protected void addedAndRemovedFieldEntersAndLeaves() {
        String user = unique();
        SessionToken token = create(SessionData.of("a", 1));
        update(token, SessionData.of("user_id", user).toJson(), Set.of(), TokenChange.KEEP);
        assertThat(find("user_id", user)).containsExactly(token.id());

        update(token, Map.of(), Set.of("user_id"), TokenChange.KEEP);
        assertThat(find("user_id", user)).isEmpty();
        assertThat(load(token)).isNotNull();
    }

    @Test
    protected void destroyedSessionIsNotFound() {
        String user = unique();
        SessionToken token = create(SessionData.of("user_id", user));
        await(store().destroy(token.id()));
        assertThat(find("user_id", user)).isEmpty();
    }

    @Test
    protected void renewalAndTouchKeepTheSessionWhereItIs() {
        String user = unique();
        SessionToken token = create(SessionData.of("user_id", user));
        SessionToken next = newToken();
        update(token, Map.of(), Set.of(), renew(next));
        update(token.id(), next.hash(), Map.of(), Set.of(), TokenChange.KEEP,
                expiry(Duration.ofDays(1), Duration.ofDays(30), null));
        assertThat(find("user_id", user)).containsExactly(token.id());
    }

    @Test
    protected void refusedUpdateMovesNothing() {
        String before = unique();
        String after = unique();
        SessionToken token = create(SessionData.of("user_id", before));
        SessionUpdate update = new SessionUpdate(load(token), Presented.ifNewest(newToken().hash()),
                SessionData.of("user_id", after).toJson(), Set.of(), TokenChange.KEEP, expiry(), Long.MAX_VALUE);
        assertThat(await(store().update(token.id(), update))).isInstanceOf(UpdateResult.Superseded.class);
        assertThat(find("user_id", before)).containsExactly(token.id());
        assertThat(find("user_id", after)).isEmpty();
    }

    @Test
    protected void pagesHoldEachSessionOnceWhileNothingChanges() {
        String user = unique();
        Set<SessionId> created = new HashSet<>();
        for (int i = 0; i < 25; i++) {
            created.add(create(SessionData.of("user_id", user)).id());
        }
        List<SessionId> found = new ArrayList<>();
        String next = null;
        do {
            Page page = await(store().find(Reference.of("user_id", user), next, 10, null));
            assertThat(page.sessions()).hasSizeLessThanOrEqualTo(10);
            page.sessions().forEach(session -> found.add(session.id()));
            next = page.next();
        } while (next != null);
        assertThat(found).containsExactlyInAnyOrderElementsOf(created);
    }

    @Test
    protected void sessionsThatStayAreFoundWhileOthersComeAndGoBetweenThePages() {
        String user = unique();
        List<SessionToken> staying = new ArrayList<>();
        List<SessionToken> leaving = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            staying.add(create(SessionData.of("user_id", user)));
            leaving.add(create(SessionData.of("user_id", user)));
        }
        Set<SessionId> found = new HashSet<>();
        String next = null;
        do {
            Page page = await(store().find(Reference.of("user_id", user), next, 7, null));
            page.sessions().forEach(session -> found.add(session.id()));
            next = page.next();
            if (!leaving.isEmpty()) {
                await(store().destroy(leaving.remove(0).id()));
                create(SessionData.of("user_id", user));
            }
        } while (next != null);
        assertThat(found).containsAll(staying.stream().map(SessionToken::id).toList());
    }

    @Test
    protected void valueThatIsSetAgainAfterAnotherRequestChangedItIsFound() {
        String here = unique();
        String there = unique();
        SessionToken token = create(SessionData.of("user_id", here));
        StoredSession basis = load(token);
        update(token, SessionData.of("user_id", there).toJson(), Set.of(), TokenChange.KEEP);
        await(store().update(token.id(), new SessionUpdate(basis, token.hash(), SessionData.of("user_id", here).toJson(),
                Set.of(), TokenChange.KEEP, null)));

        assertThat(load(token).data()).isEqualTo(SessionData.of("user_id", here));
        assertThat(find("user_id", here)).containsExactly(token.id());
        assertThat(find("user_id", there)).isEmpty();
    }

    @Test
    protected void sessionThatMovesAwayAndBackInParallelIsAlwaysFoundInTheEnd() throws Exception {
        String here = unique();
        String there = unique();
        SessionToken token = create(SessionData.of("user_id", here));
        StoredSession basis = load(token);
        List<UpdateResult> results = inParallel(i -> () -> store().update(token.id(), new SessionUpdate(basis, token.hash(),
                SessionData.of("user_id", i % 2 == 0 ? there : here).toJson(), Set.of(), TokenChange.KEEP, expiry())));
        assertThat(results).allMatch(UpdateResult.Updated.class::isInstance);

        String value = load(token).data().get("user_id", String.class).orElseThrow();
        assertThat(find("user_id", value)).containsExactly(token.id());
        assertThat(find("user_id", value.equals(here) ? there : here)).isEmpty();
    }

    private static List<String> valuesOfAnyCharacters(String base) {
        return List.of(base, base + "}", base + "{", "{" + base + "}", "}" + base, "}:{" + base, base + ":", base + " ",
                " " + base, base + "\n", base + "*", "*" + base, "[" + base + "]", "?" + base.substring(1), base + "?",
                base + "%7D", base + "\u00e9", base + "\ud83d\ude00", base + "\u0000", base.toUpperCase() + "x", base + "\"",
                "\"" + base + "\"", base + "\\", "null" + base, "n");
    }

    /** Ends the sessions of a reference. */
    private List<SessionId> end(String field, Object value) {
        List<SessionId> ended = new CopyOnWriteArrayList<>();
        assertThat(await(store().destroyAll(Reference.of(field, value), null, ended::add))).isEqualTo(ended.size());
        return ended;
    }

    /** Stores many sessions without waiting for each. */
    protected final Set<SessionId> createMany(int count, Supplier<SessionData> data) {
        Set<SessionId> ids = new HashSet<>();
        List<CompletionStage<?>> creating = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            SessionToken token = newToken();
            ids.add(token.id());
            creating.add(creating(token, data.get()));
        }
        creating.forEach(IndexedSessionStoreContract::await);
        return ids;
    }

    @Test
    protected void amongAllSessionsAreThoseOfAnyReferenceAndOfNone() {
        Map<SessionId, SessionData> created = new HashMap<>();
        for (int i = 0; i < 100; i++) {
            SessionData data = switch (i % 4) {
                case 0 -> SessionData.of("number", i);
                case 1 -> SessionData.of("number", i, "user_id", unique());
                case 2 -> SessionData.of("number", i, "user_id", unique(), "tenant", "all");
                default -> SessionData.of("number", i, "tenant", "all");
            };
            created.put(create(data).id(), data);
        }
        Map<SessionId, SessionData> found = new HashMap<>();
        allPages(50, page -> page.sessions().forEach(session -> found.put(session.id(), session.session().data())));
        assertThat(found).containsAllEntriesOf(created);
    }

    @Test
    protected void amongAllSessionsThoseThatStayAreFoundWhileOthersComeAndGoBetweenThePages() {
        List<SessionId> staying = new ArrayList<>();
        List<SessionId> leaving = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            staying.add(create(SessionData.of("user_id", unique())).id());
            leaving.add(create(SessionData.of("user_id", unique())).id());
        }
        Set<SessionId> found = new HashSet<>();
        Set<SessionId> gone = new HashSet<>();
        allPages(20, page -> {
            assertThat(page.sessions()).extracting(Found::id).noneMatch(gone::contains);
            page.sessions().forEach(session -> found.add(session.id()));
            if (!leaving.isEmpty()) {
                SessionId ended = leaving.remove(0);
                await(store().destroy(ended));
                gone.add(ended);
                create(SessionData.of("user_id", unique()));
            }
        });
        assertThat(gone).isNotEmpty();
        assertThat(found).containsAll(staying);
    }

    @Test
    protected void allSessionsCanBeEndedPageByPage() {
        List<SessionToken> tokens = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            tokens.add(create(SessionData.of("user_id", unique())));
        }
        allPages(20, page -> page.sessions().forEach(session -> await(store().destroy(session.id()))));
        assertThat(tokens).allSatisfy(token -> assertThat(load(token)).isNull());
        allPages(20, page -> assertThat(page.sessions()).isEmpty());
    }

    @Test
    protected void whatNoPageToldBeginsNoPageOfAllSessions() {
        for (String after : List.of("", "no page")) {
            assertThatThrownBy(() -> await(store().findAll(after, 10))).as(after)
                    .satisfiesAnyOf(failure -> assertThat(failure).isInstanceOf(IllegalArgumentException.class),
                            failure -> assertThat(failure).hasRootCauseInstanceOf(IllegalArgumentException.class));
        }
    }

    /** Reads the pages of all sessions. */
    protected final void allPages(int limit, Consumer<Page> pages) {
        String next = null;
        do {
            Page page = await(store().findAll(next, limit));
            pages.accept(page);
            next = page.next();
        } while (next != null);
    }

    /** All sessions of a reference. */
    protected final List<SessionId> find(String field, Object value) {
        List<SessionId> ids = new ArrayList<>();
        String next = null;
        do {
            Page page = await(store().find(Reference.of(field, value), next, ALL, null));
            page.sessions().forEach(session -> ids.add(session.id()));
            next = page.next();
        } while (next != null);
        return ids;
    }

    /** A value that no other test uses. */
    protected static String unique() {
        return UUID.randomUUID().toString();
    }

    /** Stores a session without waiting for it. */
    protected final CompletionStage<?> creating(SessionToken token, SessionData data) {
        return store().create(token.id(), new NewSession(token.hash(), data, expiry()));
    }
}
