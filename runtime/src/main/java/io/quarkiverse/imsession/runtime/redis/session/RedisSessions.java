package io.quarkiverse.imsession.runtime.redis.session;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.LongFunction;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.Reference;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.SessionStoreException;
import io.quarkiverse.imsession.redis.RedisKeys;
import io.quarkiverse.imsession.runtime.redis.client.RedisClock;
import io.quarkiverse.imsession.runtime.redis.client.RedisCommands;
import io.quarkiverse.imsession.runtime.redis.client.RedisScript;
import io.quarkiverse.imsession.runtime.store.References;
import io.quarkiverse.imsession.runtime.store.Stages;
import io.quarkiverse.imsession.spi.Created;
import io.quarkiverse.imsession.spi.DestroyResult;
import io.quarkiverse.imsession.spi.NewSession;
import io.quarkiverse.imsession.spi.Presented;
import io.quarkiverse.imsession.spi.Replaced;
import io.quarkiverse.imsession.spi.SessionStore;
import io.quarkiverse.imsession.spi.SessionUpdate;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.spi.UpdateResult;
import io.quarkiverse.imsession.spi.UpdateResult.PresentedToken;
import io.vertx.redis.client.Response;

/**
 * Keeps each session in one Redis hash, without an index. One command loads it, and one script changes it. Both use one key
 * only, so they work in a cluster. All times are of the server's clock.
 */
public final class RedisSessions implements SessionStore {

    /** The greatest number of attempts: more than the number of servers with different clocks. */
    private static final int MOST_ATTEMPTS = 100;
    private static final Runnable ALWAYS = () -> {
    };

    private final RedisCommands redis;
    private final RedisKeys keys;
    private final RedisClock clock;
    private final long timeoutMillis;
    private final RedisScript create = RedisScript.load("time.lua", "create.lua");
    private final RedisScript update = RedisScript.load("time.lua", "no-index.lua", "update-unchanged.lua", "token.lua",
            "update.lua");
    private final RedisScript destroy = RedisScript.load("time.lua", "token.lua", "destroy.lua");

    public RedisSessions(RedisCommands redis, RedisKeys keys, RedisClock clock, Duration commandTimeout) {
        this.redis = redis;
        this.keys = keys;
        this.clock = clock;
        this.timeoutMillis = commandTimeout.toMillis();
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
        return create(id, session, Map.of(), ALWAYS);
    }

    /**
     * Stores a session for the first time.
     *
     * @param entries the scores of the entries that the session has in the index
     * @param beforeEachAttempt fails if the session must not be stored any more
     */
    public CompletionStage<Created> create(SessionId id, NewSession session, Map<Reference, Long> entries,
            Runnable beforeEachAttempt) {
        return run(create, id, deadline -> arguments(session, entries, deadline), beforeEachAttempt, 1).thenApply(answer -> {
            if (answer.word().equals("TAKEN")) {
                throw new SessionStoreException("The id " + id + " of a new session is taken");
            }
            return new Created(clock.setAndGet(answer.first()), Instant.ofEpochMilli(answer.second()));
        });
    }

    private static List<String> arguments(NewSession session, Map<Reference, Long> entries, long deadline) {
        Instant begin = Instant.EPOCH;
        Duration lifetime = Duration.between(begin, session.expiry().expiresAt(begin, begin, null));
        Duration ownTimeout = session.expiry().ownTimeout();
        List<String> arguments = new ArrayList<>();
        arguments.add(session.token().value());
        arguments.add(Long.toString(deadline));
        arguments.add(Long.toString(lifetime.toMillis()));
        add(arguments, session.data().toJson());
        add(arguments, session.attributes());
        if (ownTimeout != null) {
            add(arguments, Map.of(SessionHash.TIMEOUT, Long.toString(ownTimeout.toMillis())));
        }
        entries.forEach((reference, score) -> add(arguments,
                Map.of(SessionHash.REFERENCE + reference.field(), Long.toString(score))));
        return arguments;
    }

    private static void add(List<String> arguments, Map<String, String> fields) {
        fields.forEach((name, value) -> {
            arguments.add(name);
            arguments.add(value);
        });
    }

    @Override
    public CompletionStage<UpdateResult> update(SessionId id, SessionUpdate change) {
        return update(update, id, change, false, List.of(), ALWAYS).thenApply(this::result);
    }

    /**
     * Changes a session by a script that has the arguments of {@code update.lua}.
     *
     * @param changesIndex whether the session gets other entries in the index, or later scores
     * @param entries further arguments
     * @param beforeEachAttempt fails if the session must not be changed any more
     */
    public CompletionStage<ScriptAnswer> update(RedisScript script, SessionId id, SessionUpdate change, boolean changesIndex,
            List<String> entries, Runnable beforeEachAttempt) {
        return run(script, id, deadline -> UpdateArguments.of(change, deadline, changesIndex, entries), beforeEachAttempt, 1);
    }

    /** The result of an update that {@code update.lua} has carried out or refused. */
    public UpdateResult result(ScriptAnswer answer) {
        return switch (answer.word()) {
            case "GONE" -> new UpdateResult.Gone();
            case "SUPERSEDED" -> new UpdateResult.Superseded();
            case "TOO_LARGE" -> new UpdateResult.TooLarge(answer.first(), (int) answer.second());
            case "CHANGED" -> {
                StoredSession session = SessionHash.read(answer.session(), clock.setAndGet(answer.first()));
                // A damaged session is no session.
                yield session == null ? new UpdateResult.Gone() : new UpdateResult.Changed(session);
            }
            default -> {
                Instant now = clock.setAndGet(answer.first());
                yield new UpdateResult.Updated(PresentedToken.valueOf(answer.word()), now,
                        Instant.ofEpochMilli(answer.second()), SessionHash.read(answer.session(), now));
            }
        };
    }

    @Override
    public CompletionStage<@Nullable Void> confirm(SessionId id) {
        return redis.confirm(keys.session(id));
    }

    @Override
    public boolean hasToConfirm() {
        return redis.waitsForReplicas();
    }

    @Override
    public boolean isTransactional() {
        return true;
    }

    @Override
    public CompletionStage<Boolean> destroy(SessionId id) {
        return destroy(id, null, Duration.ZERO, List.of()).thenApply(ended -> ended.result() == DestroyResult.DESTROYED);
    }

    @Override
    public CompletionStage<DestroyResult> destroy(SessionId id, Presented presented) {
        return destroy(id, presented, Duration.ZERO, List.of()).thenApply(Ended::result);
    }

    /**
     * Destroys a session.
     *
     * @param presented the token of the client that requests this; null to destroy the session without a check of its token
     * @param grace how long the store knows its tokens, if another session replaces it
     * @param fields the fields whose references are returned
     */
    public CompletionStage<Ended> destroy(SessionId id, @Nullable Presented presented, Duration grace, List<String> fields) {
        List<String> arguments = new ArrayList<>(2 + fields.size());
        arguments.add(presented == null ? "" : UpdateArguments.text(presented));
        arguments.add(Long.toString(grace.toMillis()));
        arguments.addAll(fields);
        // A session that is gone may have been destroyed by a request that was refused, as too few replicas knew of it.
        return redis.change(destroy, keys.session(id), arguments,
                reply -> new Ended(DestroyResult.valueOf(reply.get(0).toString()), references(reply, fields)),
                ended -> ended.result() != DestroyResult.SUPERSEDED);
    }

    @Override
    public CompletionStage<Replaced> replace(SessionId old, Presented presented, Duration grace, SessionId id,
            NewSession session) {
        return destroy(old, presented, grace, List.of()).thenCompose(ended -> ended.result() == DestroyResult.SUPERSEDED
                ? Stages.done(new Replaced(ended.result(), null))
                : create(id, session).thenApply(created -> new Replaced(ended.result(), created)));
    }

    /** The references of a destroyed session, from an answer that has a word and then the values of the fields as JSON. */
    public static List<Reference> references(Response reply, List<String> fields) {
        List<Reference> references = new ArrayList<>(fields.size());
        for (int i = 1; i < reply.size(); i++) {
            Response json = reply.get(i);
            References.of(fields.get(i - 1), json == null ? null : json.toString()).ifPresent(references::add);
        }
        return references;
    }

    /**
     * Runs a script that does nothing after a deadline. If it answers that it is too late although the caller still waits, the
     * clock of Redis was not known exactly. It is known now, so the script is run again.
     */
    private CompletionStage<ScriptAnswer> run(RedisScript script, SessionId id, LongFunction<List<String>> arguments,
            Runnable beforeEachAttempt, int attempt) {
        beforeEachAttempt.run();
        return redis
                .change(script, keys.session(id), arguments.apply(clock.millis() + timeoutMillis), ScriptAnswer::of,
                        ScriptAnswer::isChange)
                .thenCompose(answer -> {
                    if (!answer.word().equals("LATE")) {
                        return Stages.done(answer);
                    }
                    if (attempt == MOST_ATTEMPTS) {
                        throw new SessionStoreException("The clocks of the Redis servers differ by more than"
                                + " quarkus.imsession.redis.command-timeout");
                    }
                    clock.set(answer.first());
                    return run(script, id, arguments, beforeEachAttempt, attempt + 1);
                });
    }

    /**
     * The result of a call that destroys a session.
     *
     * @param references the references of the session, if it was destroyed
     */
    public record Ended(DestroyResult result, List<Reference> references) {
    }
}
