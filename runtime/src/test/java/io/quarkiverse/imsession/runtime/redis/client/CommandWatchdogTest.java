package io.quarkiverse.imsession.runtime.redis.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

class CommandWatchdogTest {

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void whatIsDoneForAllCallersIsDoneInTheContextOfNone() throws Exception {
        Context root = vertx.getOrCreateContext();
        Context caller = VertxContext.createNewDuplicatedContext(root);
        CompletableFuture<Context> looked = new CompletableFuture<>();
        caller.runOnContext(ignored -> new CommandWatchdog(RedisLinks.root(Vertx.currentContext()), 500,
                () -> looked.complete(Vertx.currentContext())).start());
        assertThat(looked.get(10, TimeUnit.SECONDS)).isSameAs(root);
    }
}
