package io.quarkiverse.imsession.benchmarks;

import java.util.List;
import java.util.Map;

import io.quarkiverse.imsession.test.RedisServer.ThrowingRunnable;

/** Where all servers of a run keep their sessions, one server after the other. */
interface Database extends AutoCloseable {

    static Database start(Options options) {
        return options.isPostgresql() ? new Postgres() : new Redis();
    }

    String name();

    String version();

    /** How the servers find it. */
    Map<String, String> environment();

    /** Removes all sessions. */
    void clear();

    /** CPU time so far, in microseconds. */
    double cpu();

    /** How many sessions were asked for so far. */
    double loads();

    /** How many bytes were written to its log so far; 0 if it has none. */
    double logged();

    /** For requests one after another, the number of round trips so far. */
    long reads();

    /** What servers send meanwhile, by name. */
    Map<String, Integer> commands(ThrowingRunnable work) throws Exception;

    /** How many rows and index entries are changed meanwhile, by what is done to them; empty if it has none. */
    Map<String, Long> rows(ThrowingRunnable work) throws Exception;

    /** What so many sessions take that are there, for each. Removes them. */
    Footprint footprint(int sessions);

    /** What the numbers of {@link #footprint} are. */
    List<String> footprintTitles();

    @Override
    void close();
}
