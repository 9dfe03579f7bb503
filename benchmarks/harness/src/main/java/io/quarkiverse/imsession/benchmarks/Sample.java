package io.quarkiverse.imsession.benchmarks;

/**
 * What one route of one server took in one round.
 *
 * @param cpu CPU time of the server for each request, in microseconds
 * @param databaseCpu CPU time of the database for each request, in microseconds
 * @param loads how many sessions the database was asked for, for each request
 * @param logged how many bytes the database wrote to its log for each request
 * @param requestsPerSecond how many were answered
 * @param failures how many were not answered with 200
 */
record Sample(String server, int round, Route route, double cpu, double databaseCpu, double loads, double logged,
        double requestsPerSecond, int failures) {
}
