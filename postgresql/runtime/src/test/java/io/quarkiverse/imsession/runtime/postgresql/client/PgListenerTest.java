package io.quarkiverse.imsession.runtime.postgresql.client;

import static io.quarkiverse.imsession.runtime.postgresql.PostgresFixture.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.SessionStoreException;
import io.quarkiverse.imsession.runtime.postgresql.PostgresFixture;
import io.quarkiverse.imsession.test.postgresql.TcpProxy;
import io.vertx.sqlclient.Pool;

class PgListenerTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    @RegisterExtension
    static final PostgresFixture POSTGRES = new PostgresFixture();

    private final List<String> heard = new CopyOnWriteArrayList<>();

    @Test
    void pingThatSomebodyElseHasMadeUpIsNoSignOfLife() {
        PgListener listener = await(listen(POSTGRES.pool(1), LONG));
        POSTGRES.server().command("SELECT pg_notify('imsession:ping:' || pid, 'made up') FROM pg_stat_activity"
                + " WHERE backend_type = 'client backend' AND application_name <> 'test'");
        listener.ping("own");
        Awaitility.await().until(() -> heard.contains("own"));
        assertThat(heard).containsExactly("own");
        listener.close();
    }

    @Test
    void connectionOverWhichNoAnswerComesIsGivenUp() {
        try (TcpProxy proxy = TcpProxy.start(POSTGRES.server().port())) {
            Pool pool = POSTGRES.poolAt(proxy.port(), 1);
            proxy.swallowFrom("LISTEN");
            assertThatThrownBy(() -> await(listen(pool, Duration.ofMillis(200))))
                    .hasCauseInstanceOf(SessionStoreException.class);
            assertThat(proxy.wasCut()).isTrue();
            await(listen(pool, LONG)).close();
        }
    }

    private CompletionStage<PgListener> listen(Pool pool, Duration longest) {
        return PgListener.listen(POSTGRES.vertx(), pool, "told", longest, (channel, text) -> heard.add(text), () -> {
        });
    }
}
