package io.quarkiverse.imsession.runtime.store;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.Reference;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.SessionStoreException;
import io.quarkiverse.imsession.runtime.store.IndexPlan.Wanted;
import io.quarkiverse.imsession.runtime.store.RedisIndex.Entered;
import io.quarkiverse.imsession.spi.Created;
import io.quarkiverse.imsession.spi.Expiry;
import io.quarkiverse.imsession.spi.IndexedSessionStore;
import io.quarkiverse.imsession.spi.NewSession;
import io.quarkiverse.imsession.spi.Replaced;
import io.quarkiverse.imsession.spi.SessionUpdate;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.spi.TokenChange;
import io.quarkiverse.imsession.spi.UpdateResult;
import io.quarkiverse.imsession.spi.UpdateResult.PresentedToken;
import io.quarkiverse.imsession.spi.UpdateResult.Updated;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Response;

/**
 * Keeps each session in one Redis hash. One command loads it, one script stores it: both touch one key only, so they work in a
 * cluster. The server's clock decides.
 */
public final class RedisSessionStore implements IndexedSessionStore {

    private final RedisLinks links;
    private final RedisClock clock = new RedisClock();
    private final RedisCommands redis;
    private final RedisKeys keys;
    private final Duration commandTimeout;
    private final IndexPlan plan;
    private final RedisIndex index;
    private final RedisFinder finder;
    private final RedisPlaces places;
    private final RedisScript create = RedisScript.load("create.lua");
    private final RedisScript update = RedisScript.load("update.lua");
    private final RedisScript destroy = RedisScript.load("destroy.lua");

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
        this.finder = new RedisFinder(index, this, vertx, commandTimeout);
        this.places = new RedisPlaces(index, finder, this, limits, vertx, commandTimeout);
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
    public CompletionStage<Created> create(SessionId id, NewSession session) {
        List<Wanted> wanted = plan.entries(session.data());
        if (wanted.isEmpty()) {
            return create(id, session, Map.of());
        }
        return places.enter(id, wanted, IndexPlan.stay(session.expiry(), null), null)
                .thenCompose(entries -> create(id, session, entries));
    }

    /** The new session has its places before the old one is ended, so a limit that refuses the one leaves the other. */
    @Override
    public CompletionStage<Replaced> replace(SessionId old, SessionId id, NewSession session) {
        List<Wanted> wanted = plan.entries(session.data());
        if (wanted.isEmpty()) {
            return IndexedSessionStore.super.replace(old, id, session);
        }
        long deadline = System.nanoTime() + commandTimeout.toNanos();
        return places.enter(id, wanted, IndexPlan.stay(session.expiry(), null), old)
                .thenCompose(entries -> destroy(old).thenCompose(ended -> {
                    RedisPlaces.checkInTime(deadline);
                    return create(id, session, entries).thenApply(created -> new Replaced(ended, created));
                }));
    }

    private CompletionStage<Created> create(SessionId id, NewSession session, Map<Reference, Entered> entries) {
        List<String> args = new ArrayList<>(5 + 2 * session.data().names().size() + 2 * entries.size());
        args.add(session.token().value());
        addExpiry(args, session.expiry());
        session.data().toJson().forEach((name, json) -> {
            args.add(name);
            args.add(json);
        });
        entries.forEach((reference, entry) -> {
            args.add(SessionHash.REFERENCE + reference.field());
            args.add(Long.toString(entry.score()));
        });
        return redis.run(create, keys.session(id), args, reply -> {
            if (reply.size() == 0) {
                throw new SessionStoreException("The id " + id + " of a new session is taken");
            }
            return new Created(now(reply, 0), instant(reply, 1));
        });
    }

    @Override
    public CompletionStage<UpdateResult> update(SessionId id, SessionUpdate change) {
        Map<String, Optional<Wanted>> changes = plan.changes(change, clock.now());
        List<Wanted> wanted = changes.values().stream().flatMap(Optional::stream).toList();
        if (wanted.isEmpty()) {
            return update(id, change, changes.keySet(), Map.of());
        }
        Expiry expiry = change.expiry() != null ? change.expiry() : new Expiry(remaining(change), null, null);
        return places.enter(id, wanted, IndexPlan.stay(expiry, change.basis().ownTimeout()), null)
                .thenCompose(entries -> update(id, change, changes.keySet(), entries));
    }

    private CompletionStage<UpdateResult> update(SessionId id, SessionUpdate change, Set<String> referenceFields,
            Map<Reference, Entered> entries) {
        List<String> args = new ArrayList<>(
                11 + 2 * change.changed().size() + change.removed().size() + 3 * referenceFields.size());
        args.add(change.presented() == null ? "" : change.presented().value());
        addTokenChange(args, change.tokenChange());
        addExpiry(args, change.expiry());
        args.add(Integer.toString(change.changed().size()));
        args.add(Integer.toString(referenceFields.size()));
        change.changed().forEach((name, json) -> {
            args.add(name);
            args.add(json);
        });
        addReferences(args, change, referenceFields, entries);
        args.addAll(change.removed());
        return redis.run(update, keys.session(id), args, reply -> reply).thenCompose(reply -> {
            UpdateResult result = result(reply);
            Map<Reference, Long> outdated = outdated(reply);
            Map<Reference, Entered> unused = new LinkedHashMap<>(entries);
            if (result instanceof UpdateResult.Gone) {
                unused.clear();
                entries.forEach((reference, entry) -> outdated.put(reference, entry.score()));
            } else if (result instanceof Updated) {
                unused.keySet().retainAll(outdated.keySet());
                outdated.keySet().removeAll(unused.keySet());
            }
            return outdated.isEmpty() && unused.isEmpty() ? CompletableFuture.completedFuture(result)
                    : index.remove(id, outdated).thenCombine(places.leave(id, unused), (removed, left) -> result);
        });
    }

    private UpdateResult result(Response reply) {
        return switch (reply.get(0).toString()) {
            case "gone" -> new UpdateResult.Gone();
            case "superseded" -> new UpdateResult.Superseded();
            case "current" -> new Updated(PresentedToken.CURRENT, now(reply, 1), instant(reply, 2));
            case "replaced" -> new Updated(PresentedToken.REPLACED, now(reply, 1), instant(reply, 2));
            default -> new Updated(PresentedToken.IN_GRACE, now(reply, 1), instant(reply, 2));
        };
    }

    /** The entries that an update made superfluous: the script tells what was stored, which may not be what was loaded. */
    private static Map<Reference, Long> outdated(Response reply) {
        Map<Reference, Long> outdated = new LinkedHashMap<>();
        for (int i = 3; i < reply.size(); i += 3) {
            String field = reply.get(i).toString();
            SessionData data = SessionData.fromJson(Map.of(field, reply.get(i + 1).toString()));
            long score = reply.get(i + 2).toLong();
            References.of(data, field).ifPresent(reference -> outdated.put(reference, score));
        }
        return outdated;
    }

    @Override
    public CompletionStage<Boolean> destroy(SessionId id) {
        if (plan.fields().isEmpty()) {
            return redis.unlink(keys.session(id));
        }
        List<String> fields = List.copyOf(plan.fields());
        return redis.run(destroy, keys.session(id), fields, reply -> reply).thenCompose(reply -> {
            boolean ended = reply.get(0).toInteger() > 0;
            Map<Reference, Long> entries = new LinkedHashMap<>();
            for (int i = 1; i < reply.size(); i++) {
                if (reply.get(i) != null) {
                    SessionData data = SessionData.fromJson(Map.of(fields.get(i - 1), reply.get(i).toString()));
                    References.of(data, fields.get(i - 1)).ifPresent(reference -> entries.put(reference, Long.MAX_VALUE));
                }
            }
            return index.remove(id, entries).thenApply(removed -> ended);
        });
    }

    @Override
    public CompletionStage<Page> find(Reference reference, @Nullable String after, int limit) {
        return finder.find(reference, after, limit);
    }

    private Duration remaining(SessionUpdate change) {
        Duration remaining = Duration.between(clock.now(), change.basis().expires());
        return remaining.isNegative() ? Duration.ZERO : remaining;
    }

    private static void addReferences(List<String> args, SessionUpdate change, Set<String> fields,
            Map<Reference, Entered> entries) {
        Map<String, String> after = change.appliedTo(change.basis().data()).toJson();
        for (String field : fields) {
            Long score = entries.entrySet().stream().filter(entry -> entry.getKey().field().equals(field))
                    .map(entry -> entry.getValue().score())
                    .findFirst().orElse(null);
            args.add(field);
            args.add(score == null ? "" : after.get(field));
            args.add(score == null ? "0" : score.toString());
        }
    }

    private static void addTokenChange(List<String> args, TokenChange change) {
        if (change instanceof TokenChange.Renew renew) {
            args.addAll(List.of(renew.next().value(), "renew", "0", "0"));
        } else if (change instanceof TokenChange.Rotate rotate) {
            args.addAll(List.of(rotate.next().value(), "rotate", millis(rotate.grace()), millis(rotate.whenLeft())));
        } else {
            args.addAll(List.of("", "keep", "0", "0"));
        }
    }

    private static void addExpiry(List<String> args, @Nullable Expiry expiry) {
        args.add(expiry == null ? "0" : millis(expiry.timeout()));
        args.add(expiry == null || expiry.ownTimeout() == null ? "0" : millis(expiry.ownTimeout()));
        args.add(expiry == null || expiry.absolute() == null ? "0" : millis(expiry.absolute()));
        args.add(millis(EXPIRY_SLACK));
    }

    private Instant now(Response reply, int index) {
        Instant now = instant(reply, index);
        clock.set(now.toEpochMilli());
        return now;
    }

    private static Instant instant(Response reply, int index) {
        return Instant.ofEpochMilli(reply.get(index).toLong());
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }
}
