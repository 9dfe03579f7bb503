package io.quarkiverse.imsession.benchmarks;

import java.io.IOException;

/**
 * What one session takes in Redis.
 *
 * @param usedMemory how much memory Redis frees when it is gone, in bytes
 * @param memoryUsage what MEMORY USAGE tells of its keys, in bytes
 */
record Footprint(double usedMemory, double memoryUsage, double keys) {

    /** @param sessions how many to make; rounded down to the same number for each client */
    static Footprint of(Server server, Redis redis, int connections, int sessions) throws IOException, InterruptedException {
        int made = sessions / connections * connections;
        try (LoadGenerator load = new LoadGenerator(server.ports(), connections)) {
            redis.clear();
            load.run(Route.LOGIN, made);
            // Some store after they have answered.
            Thread.sleep(500);
            double memoryUsage = redis.memoryUsageOfAllKeys();
            double keys = redis.keys();
            long full = redis.usedMemory();
            redis.clear();
            // What is left are connections and their buffers, which are the same as a moment ago.
            double usedMemory = full - redis.usedMemory();
            return new Footprint(usedMemory / made, memoryUsage / made, keys / made);
        }
    }
}
