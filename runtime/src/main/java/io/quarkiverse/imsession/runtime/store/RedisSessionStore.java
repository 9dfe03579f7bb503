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
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.Reference;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.SessionStoreException;
import io.quarkiverse.imsession.spi.Created;
import io.quarkiverse.imsession.spi.Expiry;
import io.quarkiverse.imsession.spi.IndexedSessionStore;
import io.quarkiverse.imsession.spi.NewSession;
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

    /** More than there are requests that change the references of one session at the same time. */
    private static final int MOST_ATTEMPTS = 100;

    private final RedisLinks links;
    private final RedisClock clock = new RedisClock();
    private final RedisCommands redis;
    private final RedisKeys keys;
    private final IndexPlan plan;
    private final RedisIndex index;
    private final RedisFinder finder;
    private final RedisEnding ending;
    private final DeadEntries deadEntries;
    private final RedisScanner scanner;
    private final RedisScript create = RedisScript.load("create.lua");
    private final RedisScript update = RedisScript.load("update.lua");
    private final RedisScript destroy = RedisScript.load("destroy.lua");

    /**
     * @param clients makes a client; called on the event loop that uses it
     * @param references the fields by which sessions are found
     */
    public RedisSessionStore(Vertx vertx, Supplier<Redis> clients, RedisKeys keys, Duration commandTimeout,
            Set<String> references) {
        this.links = new RedisLinks(vertx, clients, clock, commandTimeout);
        this.redis = new RedisCommands(links);
        this.keys = keys;
        this.plan = new IndexPlan(references);
        this.index = new RedisIndex(redis, keys);
        IndexReader reader = new IndexReader(index);
        this.deadEntries = new DeadEntries(index, this, vertx, commandTimeout);
        this.finder = new RedisFinder(reader, this, deadEntries);
        this.ending = new RedisEnding(redis, keys, plan.fields(), index, reader, deadEntries);
        this.scanner = new RedisScanner(redis, keys, this);
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
        List<String> names = SessionHash.names(fields);
        return redis.hash(keys.session(id), names, reply -> SessionHash.read(names, reply, clock.now()));
    }

    @Override
    public CompletionStage<Created> create(SessionId id, NewSession session) {
        List<Reference> references = plan.references(session.data());
        if (references.isEmpty()) {
            return create(id, session, Map.of());
        }
        return index.enter(id, references, IndexPlan.stay(session.expiry(), null))
                .thenCompose(scores -> create(id, session, zip(references, scores)));
    }

    private CompletionStage<Created> create(SessionId id, NewSession session, Map<Reference, Long> entries) {
        List<String> args = new ArrayList<>(
                5 + 2 * (session.data().names().size() + session.attributes().size() + entries.size()));
        args.add(session.token().value());
        addExpiry(args, session.expiry());
        session.data().toJson().forEach((name, json) -> {
            args.add(name);
            args.add(json);
        });
        session.attributes().forEach((name, text) -> {
            args.add(name);
            args.add(text);
        });
        entries.forEach((reference, score) -> {
            args.add(SessionHash.REFERENCE + reference.field());
            args.add(score.toString());
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
        return update(id, change, 1);
    }

    private CompletionStage<UpdateResult> update(SessionId id, SessionUpdate change, int attempt) {
        Map<String, Optional<Reference>> changes = plan.changes(change, clock.now(), attempt > 1);
        List<Reference> entered = changes.values().stream().flatMap(Optional::stream).toList();
        if (entered.isEmpty()) {
            return update(id, change, Map.of(), attempt);
        }
        Expiry expiry = change.expiry() != null ? change.expiry() : new Expiry(remaining(change), null, null);
        return index.enter(id, entered, IndexPlan.stay(expiry, change.basis().ownTimeout()))
                .thenCompose(scores -> update(id, change, zip(entered, scores), attempt));
    }

    private CompletionStage<UpdateResult> update(SessionId id, SessionUpdate change, Map<Reference, Long> entries,
            int attempt) {
        return redis.run(update, keys.session(id), args(change, entries), reply -> reply).thenCompose(reply -> {
            String answer = reply.get(0).toString();
            switch (answer) {
                case "gone":
                    return index.remove(id, entries).thenApply(removed -> new UpdateResult.Gone());
                case "superseded":
                    deadEntries.dropLater(id, toldEntries(reply));
                    return CompletableFuture.completedFuture(new UpdateResult.Superseded());
                case "again":
                    return again(id, change, toldEntries(reply), attempt);
                default:
                    UpdateResult result = new Updated(presented(answer), now(reply, 1), instant(reply, 2));
                    Map<Reference, Long> left = toldEntries(reply);
                    return left.isEmpty() ? CompletableFuture.completedFuture(result)
                            : index.remove(id, left).thenApply(removed -> result);
            }
        });
    }

    /** A parallel request has moved the session, or made it live longer: the entries are to be made for what it is now. */
    private CompletionStage<UpdateResult> again(SessionId id, SessionUpdate change, Map<Reference, Long> inVain, int attempt) {
        if (attempt == MOST_ATTEMPTS) {
            throw new SessionStoreException("The references of session " + id + " are changed all the time by other requests");
        }
        return load(id).thenCompose(basis -> {
            if (basis == null) {
                return index.remove(id, inVain).thenApply(removed -> new UpdateResult.Gone());
            }
            SessionUpdate rebased = new SessionUpdate(basis, change.presented(), change.changed(), change.removed(),
                    change.tokenChange(), change.expiry());
            inVain.keySet().removeAll(plan.references(rebased.appliedTo(basis.data())));
            deadEntries.dropLater(id, inVain);
            return update(id, rebased, attempt + 1);
        });
    }

    private List<String> args(SessionUpdate change, Map<Reference, Long> entries) {
        List<String> args = new ArrayList<>(
                12 + 2 * change.changed().size() + change.removed().size() + 3 * plan.fields().size());
        args.add(change.presented() == null ? "" : change.presented().value());
        addTokenChange(args, change.tokenChange());
        addExpiry(args, change.expiry());
        args.add(Long.toString(change.basis().version()));
        args.add(Integer.toString(change.changed().size()));
        args.add(Integer.toString(plan.fields().size()));
        change.changed().forEach((name, json) -> {
            args.add(name);
            args.add(json);
        });
        addReferences(args, change, entries);
        args.addAll(change.removed());
        return args;
    }

    private static PresentedToken presented(String answer) {
        return switch (answer) {
            case "current" -> PresentedToken.CURRENT;
            case "replaced" -> PresentedToken.REPLACED;
            default -> PresentedToken.IN_GRACE;
        };
    }

    /** The entries that an update does not need: the script tells what was stored, which may not be what was loaded. */
    private static Map<Reference, Long> toldEntries(Response reply) {
        Map<Reference, Long> told = new LinkedHashMap<>();
        for (int i = 3; i < reply.size(); i += 3) {
            String field = reply.get(i).toString();
            long score = reply.get(i + 2).toLong();
            References.of(field, reply.get(i + 1).toString()).ifPresent(reference -> told.put(reference, score));
        }
        return told;
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
            RedisIndex.references(reply, fields).forEach(reference -> entries.put(reference, Long.MAX_VALUE));
            return index.remove(id, entries).thenApply(removed -> ended);
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
    public CompletionStage<Long> destroyAll(Consumer<SessionId> ended) {
        return ending.destroyAll(scanner::ids, ended);
    }

    @Override
    public CompletionStage<Page> findAll(@Nullable String after, int limit) {
        return scanner.find(after, limit);
    }

    private Duration remaining(SessionUpdate change) {
        Duration remaining = Duration.between(clock.now(), change.basis().expires());
        return remaining.isNegative() ? Duration.ZERO : remaining;
    }

    private static Map<Reference, Long> zip(List<Reference> references, List<Long> scores) {
        Map<Reference, Long> entries = new LinkedHashMap<>();
        for (int i = 0; i < references.size(); i++) {
            entries.put(references.get(i), scores.get(i));
        }
        return entries;
    }

    private void addReferences(List<String> args, SessionUpdate change, Map<Reference, Long> entries) {
        for (String field : plan.fields()) {
            String after = change.after(field);
            Long score = References.of(field, after).map(entries::get).orElse(null);
            args.add(field);
            args.add(score == null ? "" : after);
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
