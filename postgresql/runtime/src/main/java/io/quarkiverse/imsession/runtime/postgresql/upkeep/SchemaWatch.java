package io.quarkiverse.imsession.runtime.postgresql.upkeep;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.runtime.log.Failures;
import io.quarkiverse.imsession.runtime.postgresql.client.SqlState;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.vertx.core.Vertx;

/**
 * Checks the tables when the application starts. A database that is starting, too, is waited for. If the database cannot be
 * reached, the application starts nevertheless, as it goes on when the database cannot be reached later, and the check is made
 * as soon as it can be reached.
 */
public final class SchemaWatch {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.imsession.postgresql");
    private static final long PAUSE_MILLIS = 1000;
    private static final long SHORT_PAUSE_MILLIS = 100;

    private final Vertx vertx;
    private final Supplier<CompletionStage<@Nullable String>> check;
    private volatile boolean isClosed;
    private volatile long timer = -1;

    /** @param check tells what is wrong, or null; fails if the database cannot be reached */
    public SchemaWatch(Vertx vertx, Supplier<CompletionStage<@Nullable String>> check) {
        this.vertx = vertx;
        this.check = check;
    }

    /**
     * Checks, and waits for the answer, so do not call this on an event loop.
     *
     * @throws ConfigurationException with the statement to run, if the tables are not as they must be
     */
    public void start() {
        String problem;
        try {
            problem = whenStarted(System.nanoTime() + Schema.PATIENCE.toNanos()).toCompletableFuture().join();
        } catch (CompletionException e) {
            LOG.warnf("The tables of sessions could not be checked, and requests with sessions are answered with 503 until they"
                    + " can be: %s", Failures.describe(e));
            again();
            return;
        }
        if (problem != null) {
            throw new ConfigurationException(problem);
        }
    }

    /** @param end when to give up that the database starts, by {@link System#nanoTime()} */
    private CompletionStage<@Nullable String> whenStarted(long end) {
        return check.get().exceptionallyCompose(failure -> {
            Throwable cause = Failures.unwrap(failure);
            CompletableFuture<@Nullable String> later = new CompletableFuture<>();
            if (isClosed || !SqlState.isStarting(cause) || System.nanoTime() - end > 0) {
                later.completeExceptionally(cause);
            } else {
                vertx.setTimer(SHORT_PAUSE_MILLIS, id -> whenStarted(end).whenComplete((problem, still) -> {
                    if (still == null) {
                        later.complete(problem);
                    } else {
                        later.completeExceptionally(Failures.unwrap(still));
                    }
                }));
            }
            return later;
        });
    }

    public void close() {
        isClosed = true;
        vertx.cancelTimer(timer);
    }

    private void again() {
        if (!isClosed) {
            timer = vertx.setTimer(PAUSE_MILLIS, id -> check.get().whenComplete((problem, failure) -> {
                if (failure != null) {
                    again();
                } else if (problem != null) {
                    LOG.error(problem);
                }
            }));
        }
    }
}
