package io.quarkiverse.imsession.runtime.redis.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.imsession.Reference;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.runtime.redis.ForeignKeys;
import io.quarkiverse.imsession.runtime.redis.RedisFixture;
import io.quarkiverse.imsession.runtime.redis.client.SlotRange;
import io.quarkiverse.imsession.runtime.store.BuiltInStoreContract;
import io.quarkiverse.imsession.spi.IndexedSessionStore;
import io.quarkiverse.imsession.spi.SessionToken;
import io.quarkiverse.imsession.spi.TokenChange;
import io.quarkiverse.imsession.spi.UpdateResult;
import io.quarkiverse.imsession.test.RedisCluster;
import io.quarkiverse.imsession.test.RedisServer;

@Tag("further")
class RedisClusterIndexTest extends BuiltInStoreContract {

    @RegisterExtension
    static final RedisFixture<RedisCluster> REDIS = RedisFixture.cluster("test", "user_id", "tenant");

    @Override
    protected IndexedSessionStore store() {
        return REDIS.store();
    }

    @Override
    protected Duration timeToLive(SessionId id) {
        String key = REDIS.keys().session(id);
        return Duration.ofMillis((Long) REDIS.server().command(key, "PTTL", key));
    }

    @Test
    void sessionsAndSetsAreSpreadOverAllNodes() {
        for (int i = 0; i < 100; i++) {
            create(SessionData.of("user_id", unique()));
        }
        for (RedisServer node : REDIS.server().nodes()) {
            assertThat(node.keys()).anyMatch(key -> key.startsWith("test:{")).anyMatch(key -> key.startsWith("test:ref:"));
        }
    }

    @Test
    void everyNodeGetsTheScriptsAgainAfterItForgotThem() {
        List<SessionToken> tokens = newSessions(20);
        REDIS.server().nodes().forEach(node -> node.command("SCRIPT", "FLUSH"));
        String user = unique();
        for (SessionToken token : tokens) {
            assertThat(update(token, SessionData.of("user_id", user).toJson(), Set.of(), TokenChange.KEEP))
                    .isInstanceOf(UpdateResult.Updated.class);
        }
        assertThat(find("user_id", user)).containsExactlyInAnyOrderElementsOf(
                tokens.stream().map(SessionToken::id).toList());
    }

    @Test
    void commandsGoStraightToTheNodeThatHasTheKey() throws Exception {
        SessionToken token = create(SessionData.of("a", 1));
        update(token, Map.of("a", "2"), Set.of(), TokenChange.KEEP);
        RedisServer owner = REDIS.server().owner(REDIS.keys().session(token.id()));
        for (RedisServer node : REDIS.server().nodes()) {
            Map<String, Integer> commands = node.count(() -> {
                for (int i = 0; i < 10; i++) {
                    update(token, Map.of("a", Integer.toString(i)), Set.of(), TokenChange.KEEP);
                }
            });
            // The client asks for the slots now and then.
            commands.keySet().retainAll(Set.of("hgetall", "evalsha", "eval"));
            assertThat(commands).isEqualTo(node == owner ? Map.of("hgetall", 10, "evalsha", 10) : Map.of());
        }
    }

    @Test
    void sessionsAndSetsAreFoundOnTheNodeToWhichTheyMoved() {
        String user = unique();
        SessionToken token = create(SessionData.of("user_id", user));
        move(REDIS.keys().session(token.id()));
        assertThat(load(token)).isNotNull();
        assertThat(find("user_id", user)).containsExactly(token.id());

        move(REDIS.keys().reference(Reference.of("user_id", user)));
        assertThat(find("user_id", user)).containsExactly(token.id());
        assertThat(await(store().destroy(token.id()))).isTrue();
        assertThat(find("user_id", user)).isEmpty();
    }

    @Test
    void foreignKeysAndDamagedHashesDoNotDisturbTheListingOfAll() {
        SessionToken living = create(SessionData.of("a", 1));
        SessionToken damaged = create(SessionData.of("a", 1));
        ForeignKeys.put("test", damaged.id(), (key, command) -> REDIS.server().command(key, command));
        Set<SessionId> found = new HashSet<>();
        allPages(100, page -> page.sessions().forEach(session -> found.add(session.id())));
        assertThat(found).contains(living.id()).doesNotContain(damaged.id());
        assertThat(found).allSatisfy(id -> assertThat(await(store().load(id))).isNotNull());
    }

    @Test
    void listingOfAllSessionsFollowsASlotThatMovesToANodeThatWasLookedThrough() {
        for (int i = 0; i < 300; i++) {
            create(SessionData.of("a", i));
        }
        SessionToken last = Stream.generate(() -> create(SessionData.of("a", 1)))
                .filter(token -> SlotRange.slot(REDIS.keys().session(token.id())) > 16000).findFirst().orElseThrow();
        String key = REDIS.keys().session(last.id());
        RedisServer first = REDIS.server().owner(new SlotRange(0, 0).anyKey());
        assertThat(REDIS.server().owner(key)).isNotEqualTo(first);

        Set<SessionId> found = new HashSet<>();
        allPages(10, page -> {
            page.sessions().forEach(session -> found.add(session.id()));
            boolean atLastNode = page.next() != null && ScanCursor.parse(page.next()).slots().from() > 10_000;
            if (atLastNode && REDIS.server().owner(key) != first) {
                assertThat(found).isNotEmpty().doesNotContain(last.id());
                REDIS.server().moveSlot(key, first);
            }
        });
        assertThat(REDIS.server().owner(key)).isEqualTo(first);
        assertThat(found).contains(last.id());
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "a", "{a}b", "a{b}c{d}", "{}a", "a{}{b}", "a{b", "a}b{c}", "{{a}}", "123456789",
            "\u00e9\u4e16", "{\ud83d\ude00}x" })
    void slotsAreThoseThatRedisComputes(String key) {
        assertThat((long) SlotRange.slot(key))
                .isEqualTo(REDIS.server().nodes().get(0).command("CLUSTER", "KEYSLOT", key));
    }

    private void move(String key) {
        RedisServer owner = REDIS.server().owner(key);
        REDIS.server().moveSlot(key, REDIS.server().nodes().stream().filter(node -> node != owner).findFirst().orElseThrow());
    }

    private List<SessionToken> newSessions(int count) {
        return IntStream.range(0, count).mapToObj(i -> create(SessionData.of("a", i))).toList();
    }
}
