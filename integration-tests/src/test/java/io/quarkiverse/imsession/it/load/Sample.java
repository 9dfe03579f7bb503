package io.quarkiverse.imsession.it.load;

import java.io.IOException;
import java.util.OptionalLong;
import java.util.regex.Pattern;

import io.quarkiverse.imsession.test.RedisServer;

/**
 * A look at everything that could grow.
 *
 * @param seconds since the load began
 * @param liveBytes empty if it cannot be told
 * @param redisConnections of the application, once they have been used
 */
record Sample(double seconds, long requests, OptionalLong liveBytes, long residentBytes, long openFiles,
        long redisConnections, long keys) {

    private static final int LOOKS = 3;
    /** By their last command, which is none of those that the test sends. */
    private static final Pattern OF_APPLICATION = Pattern.compile(" cmd=(?!NULL|client|config|info|dbsize|keys)");

    static Sample take(long begin, Tally tally, ServerProcess server, RedisServer redis) throws IOException {
        return new Sample((System.nanoTime() - begin) / 1e9, tally.requests(), leastLiveBytes(server), server.residentBytes(),
                server.openFiles(), connections(redis), (Long) redis.command("DBSIZE"));
    }

    /** What requests under way need comes and goes: the least of some looks is nearer to what stays. */
    private static OptionalLong leastLiveBytes(ServerProcess server) throws IOException {
        OptionalLong least = server.liveBytes();
        for (int i = 1; i < LOOKS && least.isPresent(); i++) {
            least = OptionalLong.of(Math.min(least.getAsLong(), server.liveBytes().orElseThrow()));
        }
        return least;
    }

    private static long connections(RedisServer redis) {
        return ((String) redis.command("CLIENT", "LIST")).lines().filter(OF_APPLICATION.asPredicate()).count();
    }
}
