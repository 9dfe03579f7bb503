package io.quarkiverse.imsession.test;

/** A Redis with a replica, for tests. */
public final class ReplicatedRedis implements AutoCloseable {

    private final RedisServer primary;
    private final RedisServer replica;

    private ReplicatedRedis(RedisServer primary, RedisServer replica) {
        this.primary = primary;
        this.replica = replica;
    }

    /** Starts both, and waits until the replica follows. */
    public static ReplicatedRedis start() {
        RedisServer primary = RedisServer.start();
        try {
            return new ReplicatedRedis(primary, RedisServer.startReplica(primary));
        } catch (RuntimeException e) {
            primary.close();
            throw e;
        }
    }

    public RedisServer primary() {
        return primary;
    }

    public RedisServer replica() {
        return replica;
    }

    @Override
    public void close() {
        replica.close();
        primary.close();
    }
}
