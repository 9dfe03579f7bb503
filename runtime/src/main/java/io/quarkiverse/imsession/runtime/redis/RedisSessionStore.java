package io.quarkiverse.imsession.runtime.redis;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.Reference;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.redis.RedisKeys;
import io.quarkiverse.imsession.runtime.redis.client.RedisChanges;
import io.quarkiverse.imsession.runtime.redis.client.RedisClock;
import io.quarkiverse.imsession.runtime.redis.client.RedisCommands;
import io.quarkiverse.imsession.runtime.redis.client.RedisLinks;
import io.quarkiverse.imsession.runtime.redis.client.Replicas;
import io.quarkiverse.imsession.runtime.redis.index.BulkDestroy;
import io.quarkiverse.imsession.runtime.redis.index.IndexPlan;
import io.quarkiverse.imsession.runtime.redis.index.IndexReader;
import io.quarkiverse.imsession.runtime.redis.index.IndexedSessions;
import io.quarkiverse.imsession.runtime.redis.index.RedisFinder;
import io.quarkiverse.imsession.runtime.redis.index.RedisIndex;
import io.quarkiverse.imsession.runtime.redis.index.RedisScanner;
import io.quarkiverse.imsession.runtime.redis.index.Reservations;
import io.quarkiverse.imsession.runtime.redis.index.StaleEntries;
import io.quarkiverse.imsession.runtime.redis.session.RedisClaims;
import io.quarkiverse.imsession.runtime.redis.session.RedisJournals;
import io.quarkiverse.imsession.runtime.redis.session.RedisSessions;
import io.quarkiverse.imsession.runtime.store.SessionLimits;
import io.quarkiverse.imsession.spi.Created;
import io.quarkiverse.imsession.spi.DestroyResult;
import io.quarkiverse.imsession.spi.IndexedSessionStore;
import io.quarkiverse.imsession.spi.JournalStore;
import io.quarkiverse.imsession.spi.NewSession;
import io.quarkiverse.imsession.spi.Presented;
import io.quarkiverse.imsession.spi.Replaced;
import io.quarkiverse.imsession.spi.SessionChanges;
import io.quarkiverse.imsession.spi.SessionStore;
import io.quarkiverse.imsession.spi.SessionUpdate;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.spi.UpdateResult;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;

/**
 * Keeps sessions in Redis. {@link RedisSessions} stores a session without references; {@link IndexedSessions} stores a session
 * with references, and keeps the index consistent.
 */
public final class RedisSessionStore implements IndexedSessionStore, SessionChanges, JournalStore {

    private final RedisLinks links;
    private final RedisClock clock = new RedisClock();
    private final SessionStore sessions;
    private final RedisFinder finder;
    private final RedisScanner scanner;
    private final BulkDestroy bulkDestroy;
    private final RedisClaims claims;
    private final RedisJournals journals;
    private final RedisCommands redis;
    private final RedisKeys keys;
    private final Vertx vertx;
    private final Supplier<Redis> clients;
    private final @Nullable Function<String, Redis> nodes;
    private volatile @Nullable RedisChanges changes;

    /**
     * @param clients makes a client; called on the event loop that uses it
     * @param replicas the replicas that must have a change before it counts as stored
     * @param references the fields by which sessions are found
     * @param limits the limits on the number of sessions of their values
     */
    public RedisSessionStore(Vertx vertx, Supplier<Redis> clients, RedisKeys keys, Duration commandTimeout, Replicas replicas,
            Set<String> references, SessionLimits limits) {
        this(vertx, clients, null, keys, commandTimeout, replicas, references, limits);
    }

    /**
     * @param clients makes a client; called on the event loop that uses it
     * @param nodes makes a client of one node of a cluster by its address; null if there is no cluster
     * @param replicas the replicas that must have a change before it counts as stored
     * @param references the fields by which sessions are found
     * @param limits the limits on the number of sessions of their values
     */
    public RedisSessionStore(Vertx vertx, Supplier<Redis> clients, @Nullable Function<String, Redis> nodes, RedisKeys keys,
            Duration commandTimeout, Replicas replicas, Set<String> references, SessionLimits limits) {
        this.vertx = vertx;
        this.clients = clients;
        this.nodes = nodes;
        this.keys = keys;
        this.links = new RedisLinks(vertx, clients, clock, commandTimeout, replicas);
        this.redis = new RedisCommands(links);
        RedisSessions plain = new RedisSessions(redis, keys, clock, commandTimeout);
        RedisIndex index = new RedisIndex(redis, keys);
        IndexReader reader = new IndexReader(index);
        StaleEntries staleEntries = new StaleEntries(index, plain, vertx, commandTimeout);
        IndexPlan plan = new IndexPlan(references);
        this.sessions = references.isEmpty() ? plain
                : new IndexedSessions(plain, clock, plan, index,
                        new Reservations(index, plan, staleEntries, plain, limits, vertx, commandTimeout));
        this.claims = new RedisClaims(redis, keys);
        this.journals = new RedisJournals(redis, keys, clock);
        this.finder = new RedisFinder(reader, plain, staleEntries);
        this.scanner = new RedisScanner(redis, keys, plain);
        this.bulkDestroy = new BulkDestroy(redis, keys, references, index, reader, staleEntries);
    }

    @Override
    public void listen(Listener listener, Duration maxSilence) {
        RedisChanges made = new RedisChanges(redis, links, keys, clients, nodes, maxSilence, vertx, listener);
        changes = made;
        made.start();
    }

    @Override
    public Instant now() {
        return clock.now();
    }

    RedisClock clock() {
        return clock;
    }

    /** Closes all connections. */
    public void close() {
        RedisChanges listening = changes;
        if (listening != null) {
            listening.close();
        }
        links.close();
    }

    @Override
    public CompletionStage<@Nullable StoredSession> load(SessionId id) {
        return sessions.load(id);
    }

    @Override
    public CompletionStage<@Nullable StoredSession> load(SessionId id, Set<String> fields) {
        return sessions.load(id, fields);
    }

    @Override
    public CompletionStage<Created> create(SessionId id, NewSession session) {
        return sessions.create(id, session);
    }

    @Override
    public CompletionStage<Replaced> replace(SessionId old, Presented presented, Duration grace, SessionId id,
            NewSession session) {
        return sessions.replace(old, presented, grace, id, session);
    }

    @Override
    public CompletionStage<UpdateResult> update(SessionId id, SessionUpdate change) {
        return sessions.update(id, change);
    }

    @Override
    public CompletionStage<@Nullable Void> confirm(SessionId id) {
        return sessions.confirm(id);
    }

    @Override
    public boolean hasToConfirm() {
        return sessions.hasToConfirm();
    }

    @Override
    public boolean isTransactional() {
        return true;
    }

    @Override
    public CompletionStage<String> claim(String name, String holder, Duration atMost) {
        return claims.claim(name, holder, atMost);
    }

    @Override
    public CompletionStage<@Nullable String> holder(String name) {
        return claims.holder(name);
    }

    @Override
    public CompletionStage<Boolean> release(String name, String holder) {
        return claims.release(name, holder);
    }

    @Override
    public boolean hasClaims() {
        return true;
    }

    @Override
    public CompletionStage<@Nullable Void> appendToJournal(Reference reference, Map<String, String> entry, Limits kept) {
        return journals.append(reference, entry, kept);
    }

    @Override
    public CompletionStage<List<StoredEntry>> readJournal(Reference reference, int most, Limits kept) {
        return journals.read(reference, most, kept);
    }

    @Override
    public CompletionStage<Boolean> eraseJournal(Reference reference) {
        return journals.erase(reference);
    }

    @Override
    public CompletionStage<Boolean> destroy(SessionId id) {
        return sessions.destroy(id);
    }

    @Override
    public CompletionStage<DestroyResult> destroy(SessionId id, Presented presented) {
        return sessions.destroy(id, presented);
    }

    @Override
    public CompletionStage<Page> find(Reference reference, @Nullable String after, int limit, @Nullable Set<String> fields) {
        return finder.find(reference, after, limit, fields);
    }

    @Override
    public Scan scan(Reference reference, int limit, @Nullable Set<String> fields) {
        return finder.scan(reference, limit, fields);
    }

    @Override
    public CompletionStage<Page> findAll(@Nullable String after, int limit) {
        return scanner.find(after, limit);
    }

    @Override
    public CompletionStage<Long> destroyAll(Reference reference, @Nullable SessionId kept, Consumer<SessionId> ended) {
        return bulkDestroy.destroyAll(reference, kept, ended);
    }

    @Override
    public CompletionStage<Long> destroyEverySession(Consumer<SessionId> ended) {
        return bulkDestroy.destroyAll(scanner::ids, ended);
    }
}
