package io.quarkiverse.imsession.runtime.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.ReactiveImSessions;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.runtime.session.RequestAccess;
import io.quarkiverse.imsession.spi.SessionToken;
import io.quarkiverse.imsession.test.RedisServer;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.RedisOptions;

/** Several instances of an application that change the same field of one session all the time. */
@Tag("further")
class ContendedInstancesTest {

    private static final int INSTANCES = 4;
    private static final int CLIENTS = 4;
    private static final int CHANGES = 150;

    @RegisterExtension
    static final RedisFixture<RedisServer> REDIS = RedisFixture.standalone("contended");

    @Test
    void eachInstanceGetsItsTurn() throws Exception {
        // Mutiny is set up by its first use, which must not happen in two threads.
        Uni.createFrom().item(1).map(one -> one).await().indefinitely();
        RequestAccess first = new RequestAccess(REDIS.store());
        SessionToken token = RequestAccess.sent(first.make(session -> session.set(SessionData.of("count", 0))));
        List<RedisSessionStore> stores = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(INSTANCES * CLIENTS);
        try {
            CyclicBarrier start = new CyclicBarrier(INSTANCES * CLIENTS);
            List<Future<?>> clients = new ArrayList<>();
            for (int i = 0; i < INSTANCES; i++) {
                RedisSessionStore store = REDIS
                        .newStore(new RedisOptions().setConnectionString(REDIS.server().uri()));
                stores.add(store);
                RequestAccess requests = new RequestAccess(store);
                ReactiveImSessions sessions = requests.administration(Set.of());
                Consumer<ImSession> increment = session -> session.update(ContendedInstancesTest::increment);
                for (int j = 0; j < CLIENTS; j++) {
                    boolean outside = j == 0;
                    clients.add(threads.submit(() -> {
                        start.await();
                        for (int k = 0; k < CHANGES; k++) {
                            if (outside) {
                                assertThat(sessions.update(token.id(), ContendedInstancesTest::increment).await()
                                        .indefinitely()).isTrue();
                            } else {
                                requests.request(token, increment);
                            }
                        }
                        return null;
                    }));
                }
            }
            for (Future<?> client : clients) {
                client.get();
            }
            assertThat(REDIS.store().load(token.id()).toCompletableFuture().join().data())
                    .isEqualTo(SessionData.of("count", INSTANCES * CLIENTS * CHANGES));
        } finally {
            threads.shutdownNow();
            stores.forEach(RedisSessionStore::close);
        }
    }

    private static SessionData increment(SessionData data) {
        return data.with("count", data.get("count", Integer.class).orElseThrow() + 1);
    }
}
