package io.quarkiverse.imsession.it.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.quarkiverse.imsession.test.PackagedApplication;

/** The application with the settings that it has of its own. */
abstract class ParallelConnectionsContract {

    private static final int CONNECTIONS = 200;
    private static final int CHANGES = 20;
    static final int EVENT_LOOPS = 2 * Runtime.getRuntime().availableProcessors();
    /** Event loops, worker threads and plain Vert.x. */
    private static final List<String> LAYERS = List.of("/layers/rest/uni", "/layers/rest/blocking", "/layers/vertx/text",
            "/layers/vertx/blocking", "/layers/servlet/text");

    private final Tally tally = new Tally();

    /** Lets so many clients log in, change their sessions and log out together. */
    final void useTogether(PackagedApplication demo) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(CONNECTIONS);
        try {
            URI base = URI.create(demo.uri());
            for (int i = 0; i < EVENT_LOOPS; i++) {
                use(base, "first" + i, new CyclicBarrier(1));
            }
            CyclicBarrier together = new CyclicBarrier(CONNECTIONS);
            List<Future<Void>> all = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                String user = "user" + i;
                all.add(clients.submit(() -> use(base, user, together)));
            }
            for (Future<Void> one : all) {
                one.get();
            }
            assertThat(tally.errors()).isEmpty();
            assertThat(tally.requests()).isEqualTo((EVENT_LOOPS + CONNECTIONS) * (CHANGES + 3));
            assertThat(demo.trouble()).isEmpty();
        } finally {
            clients.shutdownNow();
        }
    }

    private Void use(URI base, String user, CyclicBarrier together) throws Exception {
        try (Connection connection = new Connection(base)) {
            together.await();
            String token = call(connection, "POST", "/api/login?user=" + user, null).token();
            together.await();
            for (int i = 0; i < CHANGES; i++) {
                call(connection, "GET", LAYERS.get(i % LAYERS.size()), token);
            }
            Answer last = call(connection, "POST", "/races/read", token);
            if (!last.body().contains("\"count\":" + CHANGES)) {
                tally.error("not all changes were stored");
            }
            together.await();
            call(connection, "POST", "/api/logout", token);
        }
        return null;
    }

    private Answer call(Connection connection, String method, String path, String token) throws IOException {
        return tally.expect(200, connection.call(method, path, token), path);
    }
}
