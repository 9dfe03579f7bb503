package io.quarkiverse.imsession.it.load;

import java.io.IOException;
import java.util.OptionalLong;

/**
 * A look at everything that could grow.
 *
 * @param seconds since the load began
 * @param liveBytes empty if it cannot be told
 * @param storeConnections of the application, once they have been used
 * @param entries what is left of sessions in the store
 */
record Sample(double seconds, long requests, OptionalLong liveBytes, long residentBytes, long openFiles,
        long storeConnections, long entries) {

    private static final int LOOKS = 3;

    static Sample take(long begin, Tally tally, ServerProcess server, SoakStore store) throws IOException {
        return new Sample((System.nanoTime() - begin) / 1e9, tally.requests(), leastLiveBytes(server), server.residentBytes(),
                server.openFiles(), store.connections(), store.entries());
    }

    /** What requests under way need comes and goes: the least of some looks is nearer to what stays. */
    private static OptionalLong leastLiveBytes(ServerProcess server) throws IOException {
        OptionalLong least = server.liveBytes();
        for (int i = 1; i < LOOKS && least.isPresent(); i++) {
            least = OptionalLong.of(Math.min(least.getAsLong(), server.liveBytes().orElseThrow()));
        }
        return least;
    }
}
