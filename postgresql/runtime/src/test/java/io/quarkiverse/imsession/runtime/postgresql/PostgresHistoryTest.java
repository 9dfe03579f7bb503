package io.quarkiverse.imsession.runtime.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.runtime.histories.EventLoops;
import io.quarkiverse.imsession.runtime.histories.History;
import io.quarkiverse.imsession.runtime.histories.HistoryContract;
import io.quarkiverse.imsession.runtime.model.Values;
import io.quarkiverse.imsession.runtime.store.SessionLimits;

/** Three instances of the application share one PostgreSQL, each with a few connections. */
@Tag("further")
class PostgresHistoryTest extends HistoryContract {

    private static final int INSTANCES = 3;
    private static final int CONNECTIONS = 4;
    private static final int DISTURBED_OPERATIONS = 6400;
    @RegisterExtension
    static final PostgresFixture POSTGRES = new PostgresFixture();
    private static final List<PostgresSessionStore> STORES = new ArrayList<>();

    @BeforeAll
    static void open() {
        for (int i = 0; i < INSTANCES; i++) {
            STORES.add(POSTGRES.store(POSTGRES.pool(CONNECTIONS), PostgresFixture.COMMAND_TIMEOUT, SessionLimits.NONE,
                    Values.REFERENCES.toArray(String[]::new)));
        }
    }

    @Override
    protected List<History.Instance> instances() {
        return EventLoops.instances(POSTGRES.vertx(), STORES);
    }

    /** What was asked on a connection that was lost may have been done, once, or not. */
    @Test
    void anOrderOfTheCallsExplainsAllAnswersAlsoWhenConnectionsAreLost() throws Exception {
        History history = new History();
        run(history, DISTURBED_OPERATIONS, () -> POSTGRES.server().disconnectAllAtWork("imsession_session"));
        assertThat(history.tally()).containsKeys("failed", "Keep CURRENT");
    }
}
