package io.quarkiverse.imsession.runtime.store;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.SessionStoreException;
import io.quarkiverse.imsession.runtime.store.RedisLink.LinkLostException;
import io.quarkiverse.imsession.spi.Created;
import io.quarkiverse.imsession.spi.Expiry;
import io.quarkiverse.imsession.spi.NewSession;
import io.quarkiverse.imsession.spi.SessionStore;
import io.quarkiverse.imsession.spi.SessionUpdate;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.spi.TokenChange;
import io.quarkiverse.imsession.spi.UpdateResult;
import io.quarkiverse.imsession.spi.UpdateResult.PresentedToken;
import io.quarkiverse.imsession.spi.UpdateResult.Updated;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;

/**
 * Keeps each session in one Redis hash. One command loads it, one script stores it: both touch one key only, so they work in a
 * cluster. The server's clock decides.
 */
public final class RedisSessionStore implements SessionStore {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.imsession.redis");

    private final RedisLinks links;
    private final RedisClock clock = new RedisClock();
    private final String keyPrefix;
    private final RedisScript create = RedisScript.load("create.lua");
    private final RedisScript update = RedisScript.load("update.lua");

    /** @param clients makes a client; called on the event loop that uses it */
    public RedisSessionStore(Vertx vertx, Supplier<Redis> clients, String keyPrefix, Duration commandTimeout) {
        this.links = new RedisLinks(vertx, clients, clock, commandTimeout);
        this.keyPrefix = keyPrefix + ":{";
    }

    /** Gives up all connections. */
    public void close() {
        links.close();
    }

    @Override
    public CompletionStage<@Nullable StoredSession> load(SessionId id) {
        Request request = Request.cmd(Command.HGETALL).arg(key(id));
        return recover(links.send(request), LinkLostException.class::isInstance, () -> links.send(request))
                .handle((reply, failure) -> {
                    if (failure == null) {
                        return SessionHash.read(reply, clock.now());
                    }
                    if (RedisErrors.isWrongType(failure)) {
                        LOG.debugf("The key of session %s is no hash", id);
                        return null;
                    }
                    throw RedisErrors.asStoreException(failure);
                });
    }

    @Override
    public CompletionStage<Created> create(SessionId id, NewSession session) {
        List<String> args = new ArrayList<>(5 + 2 * session.data().names().size());
        args.add(session.token().value());
        addExpiry(args, session.expiry());
        session.data().toJson().forEach((name, json) -> {
            args.add(name);
            args.add(json);
        });
        return run(create, id, args, reply -> {
            if (reply.size() == 0) {
                throw new SessionStoreException("The id " + id + " of a new session is taken");
            }
            return new Created(now(reply, 0), instant(reply, 1));
        });
    }

    @Override
    public CompletionStage<UpdateResult> update(SessionId id, SessionUpdate change) {
        List<String> args = new ArrayList<>(10 + 2 * change.changed().size() + change.removed().size());
        args.add(change.presented().value());
        addTokenChange(args, change.tokenChange());
        addExpiry(args, change.expiry());
        args.add(Integer.toString(change.changed().size()));
        change.changed().forEach((name, json) -> {
            args.add(name);
            args.add(json);
        });
        args.addAll(change.removed());
        return run(update, id, args, reply -> switch (reply.get(0).toString()) {
            case "gone" -> new UpdateResult.Gone();
            case "superseded" -> new UpdateResult.Superseded();
            case "current" -> new Updated(PresentedToken.CURRENT, now(reply, 1), instant(reply, 2));
            case "replaced" -> new Updated(PresentedToken.REPLACED, now(reply, 1), instant(reply, 2));
            default -> new Updated(PresentedToken.IN_GRACE, now(reply, 1), instant(reply, 2));
        });
    }

    @Override
    public CompletionStage<Boolean> destroy(SessionId id) {
        return links.send(Request.cmd(Command.UNLINK).arg(key(id))).handle((reply, failure) -> {
            if (failure != null) {
                throw RedisErrors.asStoreException(failure);
            }
            return reply.toInteger() > 0;
        });
    }

    private <T> CompletionStage<T> run(RedisScript script, SessionId id, List<String> args, Function<Response, T> read) {
        String key = key(id);
        return recover(links.send(request(Command.EVALSHA, script.sha1(), key, args)), RedisErrors::isNoScript,
                () -> links.send(request(Command.EVAL, script.source(), key, args)))
                .handle((reply, failure) -> {
                    if (failure != null) {
                        throw RedisErrors.asStoreException(failure);
                    }
                    return read.apply(reply);
                });
    }

    private static Request request(Command command, String script, String key, List<String> args) {
        Request request = Request.cmd(command).arg(script).arg("1").arg(key);
        args.forEach(request::arg);
        return request;
    }

    private static CompletableFuture<@Nullable Response> recover(CompletableFuture<@Nullable Response> first,
            Predicate<Throwable> recoverable, Supplier<CompletableFuture<@Nullable Response>> second) {
        CompletableFuture<@Nullable Response> result = new CompletableFuture<>();
        first.whenComplete((reply, failure) -> {
            if (failure != null && recoverable.test(failure)) {
                second.get().whenComplete((later, laterFailure) -> settle(result, later, laterFailure));
            } else {
                settle(result, reply, failure);
            }
        });
        return result;
    }

    private static void settle(CompletableFuture<@Nullable Response> result, @Nullable Response reply,
            @Nullable Throwable failure) {
        if (failure == null) {
            result.complete(reply);
        } else {
            result.completeExceptionally(failure);
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

    private String key(SessionId id) {
        return keyPrefix + id.value() + '}';
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }
}
