package io.quarkiverse.imsession.runtime.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.SessionStoreException;
import io.quarkiverse.imsession.redis.RedisKeys;
import io.quarkiverse.imsession.runtime.redis.client.Replicas;
import io.quarkiverse.imsession.runtime.store.SessionLimits;
import io.quarkiverse.imsession.spi.SessionToken;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.test.RedisServer;
import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;

/**
 * Requests share the connection of their event loop, but nothing else: each goes on in its own context, and what is done for
 * the connection is done in that of nobody. The log finds the id of a session in the context.
 */
class RedisContextsTest {

    private static final Duration TIMEOUT = Duration.ofMillis(500);
    private static final int WAITING_HANDLERS = 4;
    private static final int CALLS = 20;

    private final SessionId id = SessionToken.generate(new SecureRandom()).id();
    private final List<Context> connecting = new CopyOnWriteArrayList<>();
    private RedisServer server;
    private Vertx vertx;
    private RedisSessionStore store;
    private Context root;

    /** How the connection is when it is needed. */
    enum State {
        NOT_MADE,
        MADE,
        CUT,
        HANGS,
        DOWN
    }

    @BeforeEach
    void start() {
        server = RedisServer.start();
        vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        root = vertx.getOrCreateContext();
        store = new RedisSessionStore(vertx, () -> {
            connecting.add(Vertx.currentContext());
            return Redis.createClient(vertx,
                    new RedisOptions().setConnectionString(server.uri()).setMaxWaitingHandlers(WAITING_HANDLERS));
        }, new RedisKeys("test"), TIMEOUT, Replicas.NONE, Set.of(), SessionLimits.NONE);
    }

    @AfterEach
    void stop() {
        server.goOn();
        store.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void eachCallEndsInTheContextOfItsCallerAndConnectionsAreMadeInThatOfNobody(State state) throws Exception {
        if (state != State.NOT_MADE) {
            callOfMany(1);
        }
        switch (state) {
            case CUT -> server.command("CLIENT", "KILL", "TYPE", "normal");
            case HANGS -> server.hang();
            case DOWN -> server.stop();
            default -> {
            }
        }

        // More than the client sends at once.
        callOfMany(CALLS);
        server.goOn();
        callOfMany(CALLS);

        assertThat(connecting).isNotEmpty().allMatch(context -> context == root);
    }

    @Test
    void closedStoreRefusesAllCallsAndConnectsNoMore() throws Exception {
        callOfMany(1);
        int connections = connecting.size();
        store.close();

        for (Context caller : List.of(root, ((VertxInternal) vertx).createEventLoopContext())) {
            CompletableFuture<StoredSession> loading = new CompletableFuture<>();
            caller.runOnContext(turn -> store.load(id).whenComplete((loaded, failure) -> {
                if (failure == null) {
                    loading.complete(loaded);
                } else {
                    loading.completeExceptionally(failure);
                }
            }));
            assertThatThrownBy(() -> loading.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(SessionStoreException.class)
                    .hasMessageContaining("The application stops");
        }
        assertThat(connecting).hasSize(connections);
    }

    /** All in one turn of the event loop, each for another client. */
    private void callOfMany(int calls) throws Exception {
        List<CompletableFuture<Map.Entry<Context, Context>>> ends = new ArrayList<>();
        CompletableFuture<Void> sent = new CompletableFuture<>();
        root.runOnContext(turn -> {
            for (int i = 0; i < calls; i++) {
                Context own = VertxContext.createNewDuplicatedContext(root);
                CompletableFuture<Map.Entry<Context, Context>> end = new CompletableFuture<>();
                ends.add(end);
                ((ContextInternal) own).dispatch(() -> store.load(id)
                        .whenComplete((loaded, failure) -> end.complete(Map.entry(own, Vertx.currentContext()))));
            }
            sent.complete(null);
        });
        sent.get(10, TimeUnit.SECONDS);
        for (CompletableFuture<Map.Entry<Context, Context>> end : ends) {
            assertThat(end.get(30, TimeUnit.SECONDS)).satisfies(both -> assertThat(both.getValue()).isSameAs(both.getKey()));
        }
    }
}
