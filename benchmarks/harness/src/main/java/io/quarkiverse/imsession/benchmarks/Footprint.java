package io.quarkiverse.imsession.benchmarks;

import java.io.IOException;

/**
 * What one session takes in the database, see {@link Database#footprintTitles}.
 *
 * @param all bytes
 * @param part bytes
 * @param pieces of which it consists
 */
record Footprint(double all, double part, double pieces) {

    /** @param sessions how many to make; rounded down to the same number for each client */
    static Footprint of(Server server, Database database, int connections, int sessions)
            throws IOException, InterruptedException {
        int made = sessions / connections * connections;
        try (LoadGenerator load = new LoadGenerator(server.ports(), connections)) {
            database.clear();
            load.run(Route.LOGIN, made);
            // Some store after they have answered.
            Thread.sleep(500);
            return database.footprint(made);
        }
    }
}
