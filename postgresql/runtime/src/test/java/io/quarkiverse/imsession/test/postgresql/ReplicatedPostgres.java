package io.quarkiverse.imsession.test.postgresql;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A primary and a standby. What the primary acknowledges, the standby has on its disk. The two ports stay the same, whoever has
 * them.
 */
public final class ReplicatedPostgres implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 120;
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final int[] ports;
    private PostgresServer primary;
    private PostgresServer standby;

    private ReplicatedPostgres(PostgresServer primary, PostgresServer standby) {
        this.primary = primary;
        this.standby = standby;
        this.ports = new int[] { primary.port(), standby.port() };
    }

    public static ReplicatedPostgres start() {
        PostgresServer primary = PostgresServer.start("fsync=on", "synchronous_commit=on", "full_page_writes=on",
                "wal_level=replica", "hot_standby=on", "wal_keep_size=256MB", "max_wal_senders=5");
        ReplicatedPostgres started = new ReplicatedPostgres(primary, primary.startStandby(0));
        started.synchronize();
        return started;
    }

    /** Lets the primary wait for the standby with each commit. */
    private void synchronize() {
        primary.command("ALTER SYSTEM SET synchronous_standby_names = '*'");
        primary.command("SELECT pg_reload_conf()");
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while ((Long) primary.value("SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'") == 0) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("The standby does not follow");
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    public PostgresServer primary() {
        return primary;
    }

    public PostgresServer standby() {
        return standby;
    }

    /** Both hosts, for {@code quarkus.datasource.reactive.url}. */
    public String url() {
        return "postgresql://localhost:" + ports[0] + "/postgres,postgresql://localhost:" + ports[1] + "/postgres";
    }

    /** Makes the standby the primary. The former primary has to be gone. */
    public void promoteStandby() {
        standby.promote();
        PostgresServer former = primary;
        primary = standby;
        standby = former;
    }

    /** Makes a new standby instead of the former primary. */
    public void replaceStandby() {
        int port = standby.port();
        standby.close();
        standby = primary.startStandby(port);
        synchronize();
    }

    @Override
    public void close() {
        primary.close();
        standby.close();
    }
}
