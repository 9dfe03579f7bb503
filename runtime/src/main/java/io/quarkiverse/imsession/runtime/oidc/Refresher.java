package io.quarkiverse.imsession.runtime.oidc;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;

import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;
import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.SessionLimitException;
import io.quarkiverse.imsession.runtime.log.Failures;
import io.quarkiverse.imsession.runtime.log.LimitedLog;
import io.quarkiverse.imsession.runtime.session.GuardedStore;
import io.quarkiverse.imsession.spi.Expected;
import io.quarkiverse.imsession.spi.Presented;
import io.quarkiverse.imsession.spi.SessionUpdate;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.spi.TokenChange;
import io.quarkiverse.imsession.spi.UpdateResult.Changed;
import io.quarkiverse.imsession.spi.UpdateResult.Updated;

/**
 * Refreshes the tokens of a session once for all requests of all instances: of a refresh token that works once, a second use
 * would log the user out. The requests of an instance share a flight. The flights of several instances agree on one by a claim
 * in the store, and the others wait until the store has what it got. A flight belongs to no request, so that no client that
 * leaves, and no error page, loses the new tokens.
 */
final class Refresher {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.imsession");
    private static final LimitedLog FAILED = new LimitedLog(LOG, Level.WARN);
    private static final LimitedLog LOST = new LimitedLog(LOG, Level.ERROR);
    private static final long FIRST_PAUSE_MILLIS = 25;
    private static final long LONGEST_PAUSE_MILLIS = 100;
    private static final Expected OWNER = new Expected(
            Set.of(OidcReferences.SUBJECT, OidcReferences.SESSION, ImSession.PRINCIPAL), false);

    /** Gets new tokens from the provider. */
    interface Call {

        /** The set after a refresh; fails with {@link DeadException} if the provider refuses the refresh token for good. */
        CompletionStage<TokenSet> refresh(TokenSet set);
    }

    /** The provider has refused a refresh token for good. */
    static final class DeadException extends RuntimeException {

        private static final long serialVersionUID = 1;

        DeadException(Throwable cause) {
            super("The provider has refused the refresh token", cause);
        }
    }

    private final GuardedStore store;
    private final Duration timeout;
    private final Duration pause;
    private final String instance;
    private final LongSupplier millis;
    private final LongFunction<Executor> later;
    private final ConcurrentMap<String, CompletableFuture<@Nullable TokenSet>> flights = new ConcurrentHashMap<>();
    private final AtomicLong count = new AtomicLong();

    /**
     * @param timeout how long a refresh may take
     * @param pause how long tokens are not refreshed again after a failure
     * @param instance tells this instance of the application from others
     */
    Refresher(GuardedStore store, Duration timeout, Duration pause, String instance) {
        this(store, timeout, pause, instance, System::currentTimeMillis,
                delay -> CompletableFuture.delayedExecutor(delay, TimeUnit.MILLISECONDS));
    }

    Refresher(GuardedStore store, Duration timeout, Duration pause, String instance, LongSupplier millis,
            LongFunction<Executor> later) {
        this.store = store;
        this.timeout = timeout;
        this.pause = pause;
        this.instance = instance;
        this.millis = millis;
        this.later = later;
    }

    /** How long the provider may take, so that the result is stored before others try. */
    Duration callTimeout() {
        return timeout.multipliedBy(3).dividedBy(4);
    }

    /** Whether a set is not to be refreshed now, as that has failed. */
    boolean isPausing(TokenSet set) {
        return set.dead() || millis.getAsLong() - set.tried() < pause.toMillis();
    }

    /**
     * The tokens of a session after a refresh by this or another request. If it fails, the set is the present one, for which
     * {@link #isPausing} is true. Null if the session or its log-in has ended.
     *
     * @param attribute where the session has the set
     */
    CompletionStage<@Nullable TokenSet> refresh(SessionId id, String attribute, TokenSet seen, Call call) {
        String name = "oidc-refresh " + id + ' ' + attribute;
        CompletableFuture<@Nullable TokenSet> made = new CompletableFuture<>();
        CompletableFuture<@Nullable TokenSet> running = flights.putIfAbsent(name, made);
        if (running != null) {
            return running;
        }
        made.whenComplete((set, failure) -> flights.remove(name, made));
        try {
            new Flight(id, attribute, seen, call, name, made).begin();
        } catch (RuntimeException e) {
            made.completeExceptionally(e);
        }
        return made;
    }

    /** One refresh, or the wait for that of another instance. */
    private final class Flight {

        private final SessionId id;
        private final String attribute;
        private final TokenSet seen;
        private final Call call;
        private final String name;
        private final CompletableFuture<@Nullable TokenSet> result;
        private final String holder = instance + ' ' + count.incrementAndGet();
        private final long begun = millis.getAsLong();
        /** Until when the claim holds at least. */
        private volatile long claimedUntil;

        Flight(SessionId id, String attribute, TokenSet seen, Call call, String name,
                CompletableFuture<@Nullable TokenSet> result) {
            this.id = id;
            this.attribute = attribute;
            this.seen = seen;
            this.call = call;
            this.name = name;
            this.result = result;
        }

        void begin() {
            claimedUntil = millis.getAsLong() + timeout.toMillis();
            then(store.claim(name, holder, timeout), present -> {
                if (present.equals(holder)) {
                    own();
                } else {
                    await(FIRST_PAUSE_MILLIS);
                }
            });
        }

        /** The claim is this flight's. Another one may have refreshed the tokens a moment ago. */
        private void own() {
            then(store.load(id), stored -> {
                TokenSet set = setOf(stored);
                if (stored == null || set == null || isDone(set)) {
                    release(set);
                } else {
                    call(stored, set);
                }
            });
        }

        private boolean isDone(TokenSet set) {
            return set.generation() > seen.generation() || set.loggedIn() != seen.loggedIn() || isPausing(set);
        }

        private void call(StoredSession stored, TokenSet set) {
            call.refresh(set).whenComplete((refreshed, failure) -> {
                TokenSet next = failure == null ? refreshed : failed(set, failure);
                keep(stored, next);
            });
        }

        private TokenSet failed(TokenSet set, Throwable failure) {
            boolean dead = Failures.unwrap(failure) instanceof DeadException;
            FAILED.log("The tokens of session %s could not be refreshed: %s", id, failure);
            return set.failed(millis.getAsLong(), dead);
        }

        /**
         * Stores the set, unless the user has logged out or in anew meanwhile. It is no use of the session. Nobody else has the
         * new tokens, so a store that fails is asked again as long as the claim keeps others from using the old ones.
         */
        private void keep(StoredSession stored, TokenSet next) {
            SessionUpdate update = new SessionUpdate(stored, (Presented) null, Map.of(attribute, next.encode()), Set.of(),
                    TokenChange.KEEP, null, Long.MAX_VALUE, OWNER.and(Set.of(attribute)));
            then(store.update(id, update), answer -> {
                if (answer instanceof Updated) {
                    release(next);
                } else if (answer instanceof Changed changed) {
                    changed(changed.session(), next);
                } else {
                    release(null);
                }
            }, failure -> keepLater(stored, next, failure));
        }

        private void keepLater(StoredSession stored, TokenSet next, Throwable failure) {
            if (millis.getAsLong() < claimedUntil && !isRefusal(Failures.unwrap(failure))) {
                later.apply(LONGEST_PAUSE_MILLIS).execute(() -> keep(stored, next));
            } else {
                LOST.log("The refreshed tokens of session %s could not be stored: %s", id, failure);
                result.completeExceptionally(failure);
            }
        }

        private static boolean isRefusal(Throwable failure) {
            return failure instanceof SessionLimitException || failure instanceof IllegalArgumentException;
        }

        /** Another instance may have noted a failure because this one has used the refresh token, and was slow. */
        private void changed(StoredSession latest, TokenSet next) {
            TokenSet set = setOf(latest);
            if (set != null && set.loggedIn() == next.loggedIn() && set.generation() < next.generation()) {
                keep(latest, next);
            } else {
                release(set);
            }
        }

        private void release(@Nullable TokenSet set) {
            // The claim ends by itself if this fails.
            store.release(name, holder).whenComplete((released, failure) -> result.complete(set));
        }

        /** Another instance refreshes the tokens. */
        private void await(long pauseMillis) {
            later.apply(pauseMillis).execute(() -> then(store.load(id), stored -> {
                TokenSet set = setOf(stored);
                if (set == null || isDone(set)) {
                    result.complete(set);
                } else if (millis.getAsLong() - begun > 2 * timeout.toMillis()) {
                    // Two instances have failed, one after the other.
                    result.complete(set.failed(millis.getAsLong(), false));
                } else if (pauseMillis >= LONGEST_PAUSE_MILLIS) {
                    // The claim ends by itself if its instance was stopped.
                    then(store.holder(name), present -> {
                        if (present == null) {
                            begin();
                        } else {
                            await(pauseMillis);
                        }
                    });
                } else {
                    await(Math.min(LONGEST_PAUSE_MILLIS, 2 * pauseMillis));
                }
            }));
        }

        private @Nullable TokenSet setOf(@Nullable StoredSession stored) {
            return stored == null || stored.isReplaced() ? null : TokenSet.decode(stored.attributes().get(attribute));
        }

        private <T extends @Nullable Object> void then(CompletionStage<T> stage, Consumer<T> next) {
            then(stage, next, result::completeExceptionally);
        }

        private <T extends @Nullable Object> void then(CompletionStage<T> stage, Consumer<T> next,
                Consumer<Throwable> otherwise) {
            stage.whenComplete((value, failure) -> {
                try {
                    if (failure == null) {
                        next.accept(value);
                    } else {
                        otherwise.accept(failure);
                    }
                } catch (RuntimeException e) {
                    result.completeExceptionally(e);
                }
            });
        }
    }
}
