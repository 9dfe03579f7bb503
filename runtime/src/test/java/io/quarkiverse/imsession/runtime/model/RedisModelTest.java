package io.quarkiverse.imsession.runtime.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.Reference;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.redis.RedisKeys;
import io.quarkiverse.imsession.runtime.admin.AdministrationAccess;
import io.quarkiverse.imsession.runtime.model.ModelRun.Ageing;
import io.quarkiverse.imsession.runtime.model.ModelRun.Instance;
import io.quarkiverse.imsession.runtime.model.QuietPoint.Inspection;
import io.quarkiverse.imsession.runtime.redis.RedisSessionStore;
import io.quarkiverse.imsession.runtime.redis.client.Replicas;
import io.quarkiverse.imsession.runtime.store.SessionLimits;
import io.quarkiverse.imsession.spi.SessionStore;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.test.RedisServer;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;

/** Three instances of the application share one Redis. */
@Tag("further")
class RedisModelTest extends ModelContract {

    private static final int INSTANCES = 3;
    private static final RedisKeys KEYS = new RedisKeys("model");
    private static final Duration COMMAND_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration MOMENT = Duration.ofSeconds(3);

    private final RedisServer server = RedisServer.start();
    private final Vertx vertx = Vertx.vertx();
    private final List<RedisSessionStore> stores = new ArrayList<>();
    private Lifetimes lifetimes;

    @AfterEach
    void close() {
        stores.forEach(RedisSessionStore::close);
        vertx.close().toCompletionStage().toCompletableFuture().join();
        server.close();
    }

    @Override
    protected List<Instance> instances(Lifetimes wanted) {
        lifetimes = wanted;
        List<Instance> instances = new ArrayList<>();
        for (int i = 0; i < INSTANCES; i++) {
            RedisSessionStore store = new RedisSessionStore(vertx, () -> Redis.createClient(vertx, server.uri()), KEYS,
                    COMMAND_TIMEOUT, Replicas.NONE, Values.REFERENCES, SessionLimits.NONE);
            stores.add(store);
            instances.add(new Instance(store, AdministrationAccess.of(store, lifetimes.timeout(), Values.REFERENCES)));
        }
        return instances;
    }

    @Override
    protected Clock clock() {
        return Clock.systemUTC();
    }

    /** Everything goes by itself, although nobody looks for it. */
    @Test
    @Tag("full")
    void nothingIsLeftAfterTheLastSessionHasExpired() throws Exception {
        ModelRun run = new ModelRun(instances(Lifetimes.SHORT), clock(), Lifetimes.SHORT, ageing());
        run(run, 4000);
        assertThat(server.keys()).isNotEmpty();
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> server.keys().isEmpty());
    }

    @Override
    protected Ageing ageing() {
        return id -> server.command("PEXPIRE", KEYS.session(id), Long.toString(Ageing.MOMENT.toMillis()));
    }

    @Override
    protected Inspection inspection() {
        return this::inspect;
    }

    private void inspect(Map<SessionId, StoredSession> living, Predicate<SessionId> mayBeEntered) {
        Map<SessionId, Map<String, Reference>> references = new HashMap<>();
        living.forEach((id, stored) -> references.put(id, Values.of(stored.data())));
        assertThat(server.keys().stream().filter(key -> !key.startsWith("model:ref:"))).as("keys of sessions")
                .isSubsetOf(living.keySet().stream().map(KEYS::session).toList());
        for (Reference reference : Values.all()) {
            inspect(reference, entries(reference), living, references, mayBeEntered);
        }
    }

    private void inspect(Reference reference, Map<SessionId, Long> entries, Map<SessionId, StoredSession> living,
            Map<SessionId, Map<String, Reference>> references, Predicate<SessionId> mayBeEntered) {
        entries.forEach((id, score) -> {
            StoredSession stored = living.get(id);
            if (stored != null && reference.equals(references.get(id).get(reference.field()))) {
                assertThat(score).as("time when the entry of session %s under %s may go", id, reference)
                        .isGreaterThanOrEqualTo(QuietPoint.end(stored).toEpochMilli());
            } else {
                assertThat(id).as("session entered under %s", reference).matches(mayBeEntered,
                        "may be entered without having it");
            }
        });
        if (!entries.isEmpty()) {
            long millis = (Long) server.command("PTTL", KEYS.reference(reference));
            // A session stays longer than told, and its entry a quarter of its life longer than that.
            Duration longest = lifetimes.longest().multipliedBy(5).dividedBy(4).plus(SessionStore.EXPIRY_SLACK).plus(MOMENT);
            assertThat(millis).as("time to live of %s", reference).isBetween(-2L, longest.toMillis()).isNotEqualTo(-1);
        }
    }

    @SuppressWarnings("unchecked")
    private Map<SessionId, Long> entries(Reference reference) {
        List<String> reply = (List<String>) server.command("ZRANGE", KEYS.reference(reference), "0", "-1", "WITHSCORES");
        Map<SessionId, Long> entries = new HashMap<>();
        for (int i = 0; i < reply.size(); i += 2) {
            entries.put(new SessionId(reply.get(i)), Long.valueOf(reply.get(i + 1)));
        }
        return entries;
    }

    /** The entries of expired sessions were met when all were ended, and are dropped a moment later. */
    @Override
    protected void assertNothingIsLeft() {
        Awaitility.await().atMost(COMMAND_TIMEOUT.multipliedBy(4)).untilAsserted(() -> assertThat(server.keys()).isEmpty());
    }
}
