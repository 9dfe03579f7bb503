package io.quarkiverse.imsession.it.faults;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.it.PostgresProfile;
import io.quarkiverse.imsession.test.postgresql.TcpProxy;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/** Connections that are cut by the network, while clients use their sessions. */
@Tag("packaged")
@QuarkusTest
@TestProfile(PostgresCutRepliesTest.CutProfile.class)
class PostgresCutRepliesTest {

    private static final int CUTS = 20;

    @Test
    void connectionsThatAreCutLoseNothing() {
        TcpProxy proxy = Proxied.proxy;
        try (FaultRun run = FaultRun.on("Connections are cut before, within and after replies, " + CUTS + " times each",
                List.of(new PostgresLoadedFaultsTest.Target(Proxied.server())))) {
            for (int i = 0; i < CUTS; i++) {
                for (TcpProxy.Place place : TcpProxy.Place.values()) {
                    proxy.cutNext(place);
                    Awaitility.await().until(proxy::wasCut);
                }
            }
            run.faultIsOver();
        } finally {
            proxy.restore();
        }
    }

    /** A PostgreSQL behind a proxy. */
    public static final class Proxied extends PostgresFaultsTestResource {

        private static volatile TcpProxy proxy;

        @Override
        public Map<String, String> start() {
            Map<String, String> settings = new HashMap<>(super.start());
            proxy = TcpProxy.start(server().port());
            settings.put("quarkus.datasource.reactive.url", "postgresql://localhost:" + proxy.port() + "/postgres");
            return settings;
        }

        @Override
        public void stop() {
            proxy.close();
            super.stop();
        }
    }

    public static final class CutProfile extends PostgresProfile {

        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(Proxied.class));
        }
    }
}
