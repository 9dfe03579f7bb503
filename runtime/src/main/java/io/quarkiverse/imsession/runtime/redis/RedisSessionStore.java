package io.quarkiverse.imsession.runtime.redis;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.Reference;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.SessionStoreException;
import io.quarkiverse.imsession.redis.RedisKeys;
import io.quarkiverse.imsession.runtime.redis.client.RedisClock;
import io.quarkiverse.imsession.runtime.redis.client.RedisCommands;
import io.quarkiverse.imsession.runtime.redis.client.RedisLinks;
import io.quarkiverse.imsession.runtime.redis.client.RedisScript;
import io.quarkiverse.imsession.runtime.redis.index.DeadEntries;
import io.quarkiverse.imsession.runtime.redis.index.IndexPlan;
import io.quarkiverse.imsession.runtime.redis.index.IndexPlan.Wanted;
import io.quarkiverse.imsession.runtime.redis.index.IndexReader;
import io.quarkiverse.imsession.runtime.redis.index.RedisEnding;
import io.quarkiverse.imsession.runtime.redis.index.RedisFinder;
import io.quarkiverse.imsession.runtime.redis.index.RedisIndex;
import io.quarkiverse.imsession.runtime.redis.index.RedisPlaces;
import io.quarkiverse.imsession.runtime.redis.index.RedisPlaces.Reservation;
import io.quarkiverse.imsession.runtime.redis.index.RedisScanner;
import io.quarkiverse.imsession.runtime.redis.session.ScriptArguments;
import io.quarkiverse.imsession.runtime.redis.session.SessionHash;
import io.quarkiverse.imsession.runtime.store.SessionLimits;
import io.quarkiverse.imsession.runtime.store.Stages;
import io.quarkiverse.imsession.spi.Created;
import io.quarkiverse.imsession.spi.DestroyResult;
import io.quarkiverse.imsession.spi.IndexedSessionStore;
import io.quarkiverse.imsession.spi.NewSession;
import io.quarkiverse.imsession.spi.Presented;
import io.quarkiverse.imsession.spi.Replaced;
import io.quarkiverse.imsession.spi.SessionUpdate;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.spi.UpdateResult;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;

/**
 * Keeps each session in one Redis hash. One command loads it, one script stores it: both touch one key only, so they work in a
 * cluster. The server's clock decides.
 */
public final class RedisSessionStore implements IndexedSessionStore {

    private static final int MOST_ATTEMPTS = 3;

    private final RedisLinks links;
    private final RedisClock clock = new RedisClock();
    private final RedisCommands redis;
    private final RedisKeys keys;
    private final Duration commandTimeout;
    private final IndexPlan plan;
    private final RedisIndex index;
    private final RedisFinder finder;
    private final RedisEnding ending;
    private final RedisPlaces places;
    private final RedisUpdates updates;
    private final RedisScanner scanner;
    private final RedisScript create = RedisScript.load("create.lua");
    private final RedisScript destroy = RedisScript.load("token.lua", "destroy.lua");

    /**
     * @param clients makes a client; called on the event loop that uses it
     * @param references the fields by which sessions are found
     */
    public RedisSessionStore(Vertx vertx, Supplier<Redis> clients, RedisKeys keys, Duration commandTimeout,
            Set<String> references) {
        this(vertx, clients, keys, commandTimeout, references, SessionLimits.NONE);
    }

    /**
     * @param clients makes a client; called on the event loop that uses it
     * @param references the fields by which sessions are found
     * @param limits how many sessions their values may have
     */
    public RedisSessionStore(Vertx vertx, Supplier<Redis> clients, RedisKeys keys, Duration commandTimeout,
            Set<String> references, SessionLimits limits) {
        this.links = new RedisLinks(vertx, clients, clock, commandTimeout);
        this.redis = new RedisCommands(links);
        this.keys = keys;
        this.commandTimeout = commandTimeout;
        this.plan = new IndexPlan(references);
        this.index = new RedisIndex(redis, keys);
        IndexReader reader = new IndexReader(index);
        DeadEntries deadEntries = new DeadEntries(index, this, vertx, commandTimeout);
        this.places = new RedisPlaces(index, deadEntries, this, limits, vertx, commandTimeout);
        this.updates = new RedisUpdates(redis, keys, clock, this, plan, index, places, commandTimeout);
        this.finder = new RedisFinder(reader, this, deadEntries);
        this.ending = new RedisEnding(redis, keys, plan.fields(), index, reader, deadEntries);
        this.scanner = new RedisScanner(redis, keys, this);
    }

    RedisClock clock() {
        return clock;
    }

    /** Gives up all connections. */
    public void close() {
        links.close();
    }

    @Override
    public CompletionStage<@Nullable StoredSession> load(SessionId id) {
        return redis.hash(keys.session(id), reply -> SessionHash.read(reply, clock.now()));
    }

    @Override
    public CompletionStage<@Nullable StoredSession> load(SessionId id, Set<String> fields) {
        return redis.hash(keys.session(id), fields, reply -> SessionHash.read(reply, clock.now()));
    }

    @Override
    public CompletionStage<Created> create(SessionId id, NewSession session) {
        return enter(id, session, null, () -> Stages.done(null)).thenCompose(reservation -> create(id, session, reservation));
    }

    /** The new session has its places before the old one is ended, so a limit that refuses the one leaves the other. */
    @Override
    public CompletionStage<Replaced> replace(SessionId old, Presented presented, Duration grace, SessionId id,
            NewSession session) {
        return enter(id, session, old, () -> check(old, presented))
                .thenCompose(reservation -> end(old, presented, grace).thenCompose(result -> {
                    if (result == DestroyResult.SUPERSEDED) {
                        return places.leave(id, reservation.entries()).thenApply(left -> new Replaced(result, null));
                    }
                    return create(id, session, reservation).thenApply(created -> new Replaced(result, created));
                })).exceptionallyCompose(failure -> RefusedException.answer(failure, Replaced.class));
    }

    private CompletionStage<Reservation> enter(SessionId id, NewSession session, @Nullable SessionId instead,
            Supplier<CompletionStage<Void>> check) {
        List<Wanted> wanted = plan.entries(session.data());
        return wanted.isEmpty() ? Stages.done(Reservation.NONE)
                : places.enter(id, wanted, IndexPlan.stay(session.expiry(), null), instead, check);
    }

    /** Fails if the session would not be ended: then nobody is to be ended for the one that takes its place. */
    private CompletionStage<Void> check(SessionId old, Presented presented) {
        return load(old).thenAccept(stored -> {
            if (stored != null && !stored.token().check(presented, stored.now()).isValid()) {
                throw new RefusedException(new Replaced(DestroyResult.SUPERSEDED, null));
            }
        });
    }

    private CompletionStage<Created> create(SessionId id, NewSession session, Reservation reservation) {
        return create(id, session, reservation, 1);
    }

    private CompletionStage<Created> create(SessionId id, NewSession session, Reservation reservation, int attempt) {
        reservation.checkInTime();
        ScriptArguments arguments = new ScriptArguments().add(session.token().value())
                .add(session.expiry(), clock.millis() + commandTimeout.toMillis())
                .add(session.data().toJson()).add(session.attributes());
        reservation.entries().forEach(
                (reference, entry) -> arguments.add(SessionHash.REFERENCE + reference.field()).add(entry.score()));
        return redis.run(create, keys.session(id), arguments.texts(), reply -> reply).thenCompose(reply -> {
            if (reply.size() == 0) {
                throw new SessionStoreException("The id " + id + " of a new session is taken");
            }
            Instant now = clock.tell(reply.get(0).toLong());
            if (reply.size() > 1) {
                return Stages.done(new Created(now, Instant.ofEpochMilli(reply.get(1).toLong())));
            }
            // The caller still waits: so the clock of Redis was another than it is known to be now.
            if (attempt == MOST_ATTEMPTS) {
                throw new SessionStoreException("The clock of Redis is set all the time");
            }
            return create(id, session, reservation, attempt + 1);
        });
    }

    @Override
    public CompletionStage<UpdateResult> update(SessionId id, SessionUpdate change) {
        return updates.update(id, change);
    }

    @Override
    public CompletionStage<Boolean> destroy(SessionId id) {
        return end(id, null, Duration.ZERO).thenApply(result -> result == DestroyResult.DESTROYED);
    }

    @Override
    public CompletionStage<DestroyResult> destroy(SessionId id, Presented presented) {
        return end(id, presented, Duration.ZERO);
    }

    /** @param grace how long its tokens stay known, as another session takes its place */
    private CompletionStage<DestroyResult> end(SessionId id, @Nullable Presented presented, Duration grace) {
        List<String> fields = List.copyOf(plan.fields());
        ScriptArguments arguments = new ScriptArguments().add(presented).add(grace.toMillis());
        fields.forEach(arguments::add);
        return redis.run(destroy, keys.session(id), arguments.texts(), reply -> reply).thenCompose(reply -> {
            DestroyResult result = switch (reply.get(0).toString()) {
                case "ended" -> DestroyResult.DESTROYED;
                case "superseded" -> DestroyResult.SUPERSEDED;
                default -> DestroyResult.GONE;
            };
            Map<Reference, Long> entries = new LinkedHashMap<>();
            RedisIndex.references(reply, fields).forEach(reference -> entries.put(reference, Long.MAX_VALUE));
            return index.remove(id, entries).thenApply(removed -> result);
        });
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
    public CompletionStage<Long> destroyAll(Reference reference, @Nullable SessionId kept, Consumer<SessionId> ended) {
        return ending.destroyAll(reference, kept, ended);
    }

    @Override
    public CompletionStage<Long> destroyEverySession(Consumer<SessionId> ended) {
        return ending.destroyAll(scanner::ids, ended);
    }

    @Override
    public CompletionStage<Page> findAll(@Nullable String after, int limit) {
        return scanner.find(after, limit);
    }
}
