package io.quarkiverse.imsession.benchmarks;

import java.io.IOException;

/**
 * What one session takes in Redis.
 *
 * @param usedMemory by how much the memory of Redis grew, in bytes
 * @param memoryUsage what MEMORY USAGE tells of its keys, in bytes
 */
record Footprint(double usedMemory, double memoryUsage, double keys) {

    /** @param sessions how many to make; rounded down to the same number for each connection */
    static Footprint of(Server server, Redis redis, int connections, int sessions) throws IOException, InterruptedException {
        int made = sessions / connections * connections;
        try (LoadGenerator load = new LoadGenerator(server.port(), connections)) {
            load.run(Route.LOGIN, connections);
            redis.clear();
            long before = redis.usedMemory();
            load.run(Route.LOGIN, made);
            // Some store after they have answered.
            Thread.sleep(500);
            double usedMemory = redis.usedMemory() - before;
            return new Footprint(usedMemory / made, (double) redis.memoryUsageOfAllKeys() / made, (double) redis.keys() / made);
        }
    }
}
