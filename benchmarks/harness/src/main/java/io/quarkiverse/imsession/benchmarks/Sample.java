package io.quarkiverse.imsession.benchmarks;

/**
 * What one route of one server took in one round.
 *
 * @param cpu CPU time of the server for each request, in microseconds
 * @param redisCpu CPU time of Redis for each request, in microseconds
 * @param loads how many sessions Redis was asked for by {@code HGETALL} for each request
 * @param requestsPerSecond how many were answered
 * @param failures how many were not answered with 200
 */
record Sample(String server, int round, Route route, double cpu, double redisCpu, double loads,
        double requestsPerSecond, int failures) {
}
