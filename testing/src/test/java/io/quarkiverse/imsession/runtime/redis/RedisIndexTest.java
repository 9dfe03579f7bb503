package io.quarkiverse.imsession.runtime.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.Reference;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.redis.RedisKeys;
import io.quarkiverse.imsession.runtime.redis.client.RedisCommands;
import io.quarkiverse.imsession.runtime.redis.client.RedisLinks;
import io.quarkiverse.imsession.runtime.redis.index.BulkDestroy;
import io.quarkiverse.imsession.runtime.redis.index.IndexAccess;
import io.quarkiverse.imsession.runtime.redis.index.IndexReader;
import io.quarkiverse.imsession.runtime.redis.index.RedisIndex;
import io.quarkiverse.imsession.runtime.redis.index.RedisScanner.Ids;
import io.quarkiverse.imsession.runtime.store.BuiltInStoreContract;
import io.quarkiverse.imsession.runtime.store.Stages;
import io.quarkiverse.imsession.spi.IndexedSessionStore;
import io.quarkiverse.imsession.spi.IndexedSessionStore.Found;
import io.quarkiverse.imsession.spi.IndexedSessionStore.Page;
import io.quarkiverse.imsession.spi.NewSession;
import io.quarkiverse.imsession.spi.SessionToken;
import io.quarkiverse.imsession.spi.SessionUpdate;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.spi.TokenChange;
import io.quarkiverse.imsession.test.RedisProxy;
import io.quarkiverse.imsession.test.RedisServer;
import io.vertx.redis.client.RedisOptions;

class RedisIndexTest extends BuiltInStoreContract {

    @RegisterExtension
    static final RedisFixture<RedisServer> REDIS = RedisFixture.standalone("test", "user_id", "tenant");

    @Override
    protected IndexedSessionStore store() {
        return REDIS.store();
    }

    @Override
    protected Duration timeToLive(SessionId id) {
        return Duration.ofMillis((Long) REDIS.server().command("PTTL", REDIS.keys().session(id)));
    }

    @Test
    void nothingStaysUnderAValueThatASessionHasNoMore() {
        String before = unique();
        String after = unique();
        SessionToken token = create(SessionData.of("user_id", before));
        update(token, SessionData.of("user_id", after).toJson(), Set.of(), TokenChange.KEEP);
        assertThat(exists("user_id", before)).isFalse();

        await(store().destroy(token.id()));
        assertThat(exists("user_id", after)).isFalse();
    }

    @Test
    void changeThatLeavesReferencesOfAnUnchangedSessionReadsOnlyHowLongItsEntriesStay() throws Exception {
        SessionToken token = create(SessionData.of("user_id", unique(), "a", 1));
        update(token, Map.of("a", "2"), Set.of(), TokenChange.KEEP);
        StoredSession basis = load(token);
        SessionUpdate change = new SessionUpdate(basis, token.hash(), Map.of("a", "3"), Set.of(), TokenChange.KEEP, expiry());
        // One read for the session, and one for each of the two references.
        assertThat(REDIS.server().countWithScripts(() -> await(store().update(token.id(), change))))
                .isEqualTo(Map.of("evalsha", 1, "hget", 3, "time", 1, "hset", 1, "pexpireat", 1));
        assertThat(load(token).data().get("a", Integer.class)).contains(3);
    }

    @Test
    void aPageOfAllIsThreeRoundTripsHoweverManySessionsItHas() throws Exception {
        createTenAndNoOthers();
        try (RedisProxy proxy = RedisProxy.start(REDIS.server())) {
            RedisSessionStore other = REDIS.newStore(new RedisOptions().setConnectionString(proxy.uri()));
            await(other.load(newToken().id()));
            assertThat(proxy.roundTrips(() -> assertThat(await(other.findAll(null, 1000)).sessions()).hasSize(10)))
                    .isEqualTo(3);
            other.close();
        }
    }

    @Test
    void foreignKeysAndDamagedHashesDoNotDisturbTheListingOfAll() {
        SessionToken living = create(SessionData.of("a", 1));
        SessionToken damaged = create(SessionData.of("a", 1));
        ForeignKeys.put("test", damaged.id(), (key, command) -> REDIS.server().command(command));
        Set<SessionId> found = new HashSet<>();
        allPages(100, page -> page.sessions().forEach(session -> found.add(session.id())));
        assertThat(found).contains(living.id()).doesNotContain(damaged.id());
        assertThat(found).allSatisfy(id -> assertThat(await(store().load(id))).isNotNull());
    }

    @Test
    void globCharactersOfThePrefixStandForThemselves() {
        RedisKeys keys = new RedisKeys("a*b?[c]\\d^-{e}");
        RedisSessionStore other = REDIS.newStore(keys);
        SessionToken token = newToken();
        await(other.create(token.id(), new NewSession(token.hash(), SessionData.of("a", 1), expiry())));
        REDIS.server().command("COPY", keys.session(token.id()), new RedisKeys("aXbYcd^-{e}").session(newToken().id()));
        List<Found> found = await(other.findAll(null, 1000)).sessions();
        assertThat(found).extracting(Found::id).containsExactly(token.id());
        other.close();
    }

    @Test
    void entriesOutliveTheirSessionAndSetsExpireByThemselves() {
        String user = unique();
        SessionToken token = newToken();
        await(store().create(token.id(),
                new NewSession(token.hash(), SessionData.of("user_id", user), expiry(Duration.ofHours(1), null, null))));
        long session = (Long) REDIS.server().command("PTTL", REDIS.keys().session(token.id()));
        long set = (Long) REDIS.server().command("PTTL", REDIS.keys().reference(Reference.of("user_id", user)));
        assertThat(set).isGreaterThan(session).isLessThan(session + Duration.ofMinutes(20).toMillis());
    }

    @Test
    void entryOfADeadSessionIsDroppedWhenItIsMet() {
        String user = unique();
        SessionToken dead = create(SessionData.of("user_id", user));
        SessionToken living = create(SessionData.of("user_id", user));
        REDIS.server().command("DEL", REDIS.keys().session(dead.id()));

        assertThat(await(store().find(Reference.of("user_id", user), null, 10, null)).sessions())
                .extracting(Found::id).containsExactly(living.id());
        Awaitility.await().until(() -> entries(user).equals(List.of(living.id().value())));
    }

    @Test
    void sessionOfAnotherValueIsNotEndedAndItsWrongEntryIsDropped() {
        String user = unique();
        SessionToken other = create(SessionData.of("user_id", unique()));
        SessionToken none = create(SessionData.of("a", 1));
        SessionToken living = create(SessionData.of("user_id", user));
        for (SessionToken wrong : List.of(other, none, newToken())) {
            REDIS.server().command("ZADD", REDIS.keys().reference(Reference.of("user_id", user)), "9999999999999",
                    wrong.id().value());
        }
        List<SessionId> ended = new CopyOnWriteArrayList<>();
        assertThat(await(store().destroyAll(Reference.of("user_id", user), null, ended::add))).isEqualTo(1);
        assertThat(ended).containsExactly(living.id());
        assertThat(load(other)).isNotNull();
        assertThat(load(none)).isNotNull();
        Awaitility.await().until(() -> !exists("user_id", user));
    }

    @Test
    void memberThatIsNoSessionIdHidesNoSession() {
        String user = unique();
        SessionToken living = create(SessionData.of("user_id", user));
        String key = REDIS.keys().reference(Reference.of("user_id", user));
        REDIS.server().command("ZADD", key, "1", "early", "9999999999999", "late");

        assertThat(await(store().find(Reference.of("user_id", user), null, 10, null)).sessions())
                .extracting(Found::id).containsExactly(living.id());
        assertThat(await(store().destroyAll(Reference.of("user_id", user), null, id -> {
        }))).isEqualTo(1);
        assertThat(load(living)).isNull();
    }

    @Test
    void noScalarIsEndedByItsJson() {
        String list = "[\"" + unique() + "\"]";
        SessionToken token = create(SessionData.of("user_id", list));
        // A reference by mistake: the field has been written before it became one.
        REDIS.server().command("HSET", REDIS.keys().session(token.id()), "user_id", list);
        assertThat(await(store().destroyAll(Reference.of("user_id", list), null, id -> {
        }))).isZero();
        assertThat(load(token)).isNotNull();
    }

    @Test
    void keyThatIsNoSessionIsNotEnded() {
        String user = unique();
        SessionToken foreign = newToken();
        SessionToken damaged = create(SessionData.of("user_id", user));
        SessionToken string = newToken();
        REDIS.server().command("HSET", REDIS.keys().session(foreign.id()), "user_id", "\"" + user + "\"");
        REDIS.server().command("HSET", REDIS.keys().session(damaged.id()), "@meta", "x soon 2 1");
        REDIS.server().command("SET", REDIS.keys().session(string.id()), user);
        for (SessionToken token : List.of(foreign, string)) {
            REDIS.server().command("ZADD", REDIS.keys().reference(Reference.of("user_id", user)), "9999999999999",
                    token.id().value());
        }
        assertThat(await(store().destroyAll(Reference.of("user_id", user), null, id -> {
        }))).isZero();
        assertThat(REDIS.server().keys()).contains(REDIS.keys().session(foreign.id()), REDIS.keys().session(damaged.id()),
                REDIS.keys().session(string.id()));
        assertThat(await(store().load(string.id(), Set.of("user_id")))).isNull();
        assertThat(await(store().load(damaged.id(), Set.of("user_id")))).isNull();
    }

    @Test
    void valueThatAnotherLanguageHasEscapedIsEnded() {
        String user = unique();
        SessionToken token = create(SessionData.of("user_id", user + "\u00e9/"));
        REDIS.server().command("HSET", REDIS.keys().session(token.id()), "user_id", "\"" + user + "\\u00e9\\/\"");
        assertThat(find("user_id", user + "\u00e9/")).containsExactly(token.id());
        assertThat(await(store().destroyAll(Reference.of("user_id", user + "\u00e9/"), null, id -> {
        }))).isEqualTo(1);
    }

    @Test
    void entriesWithTheSameScoreAreFoundOnceEach() {
        String user = unique();
        Set<SessionId> created = createMany(150, () -> SessionData.of("user_id", user));
        created.forEach(id -> REDIS.server().command("ZADD", REDIS.keys().reference(Reference.of("user_id", user)),
                "9999999999999", id.value()));
        List<SessionId> found = new ArrayList<>();
        String next = null;
        do {
            Page page = await(store().find(Reference.of("user_id", user), next, 7, null));
            page.sessions().forEach(session -> found.add(session.id()));
            next = page.next();
        } while (next != null);
        assertThat(found).containsExactlyInAnyOrderElementsOf(created);
    }

    @Test
    void pagesOfAllSessionsAreEndedWithTheirEntries() {
        String user = unique();
        List<SessionId> ids = List.copyOf(createMany(300, () -> SessionData.of("user_id", user)));
        SessionToken none = create(SessionData.empty());
        RedisLinks links = REDIS.newLinks();
        RedisCommands redis = new RedisCommands(links);
        RedisIndex index = new RedisIndex(redis, REDIS.keys());
        BulkDestroy bulkDestroy = new BulkDestroy(redis, REDIS.keys(), Set.of("user_id"), index, new IndexReader(index), null);
        List<SessionId> ended = new CopyOnWriteArrayList<>();
        // Two pages, of which the second one has a session twice and one that has just ended.
        long count = await(bulkDestroy.destroyAll((after, limit) -> Stages.done(after == null
                ? new Ids(ids.subList(0, 200), "next")
                : new Ids(Stream.of(ids.subList(199, 300), List.of(none.id(), newToken().id())).flatMap(List::stream).toList(),
                        null)),
                ended::add));
        links.close();
        assertThat(count).isEqualTo(301);
        assertThat(ended).hasSize(301).containsAll(ids).contains(none.id());
        assertThat(exists("user_id", user)).isFalse();
        assertThat(load(none)).isNull();
    }

    @Test
    void entryOfASessionThatIsJustBeingStoredIsNotDropped() {
        String user = unique();
        SessionToken token = newToken();
        Reference reference = Reference.of("user_id", user);
        // What a request has done between the two steps of a commit.
        RedisLinks links = REDIS.newLinks();
        await(IndexAccess.enter(new RedisCommands(links), REDIS.keys(), token.id(), reference, Duration.ofHours(1), 0,
                RedisFixture.COMMAND_TIMEOUT));
        assertThat(find("user_id", user)).isEmpty();
        await(store().create(token.id(), new NewSession(token.hash(), SessionData.of("user_id", user), expiry())));

        links.close();
        Awaitility.await().pollDelay(RedisFixture.COMMAND_TIMEOUT.multipliedBy(2).plusMillis(500)).until(() -> true);
        assertThat(find("user_id", user)).containsExactly(token.id());
    }

    private void createTenAndNoOthers() {
        REDIS.server().command("FLUSHALL");
        for (int i = 0; i < 10; i++) {
            create(SessionData.of("a", i));
        }
    }

    @SuppressWarnings("unchecked")
    private static List<String> entries(String user) {
        return (List<String>) REDIS.server().command("ZRANGE", REDIS.keys().reference(Reference.of("user_id", user)), "0",
                "-1");
    }

    private static boolean exists(String field, String value) {
        return (Long) REDIS.server().command("EXISTS", REDIS.keys().reference(Reference.of(field, value))) > 0;
    }
}
