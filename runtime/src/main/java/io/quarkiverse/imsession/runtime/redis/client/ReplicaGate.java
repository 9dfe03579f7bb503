package io.quarkiverse.imsession.runtime.redis.client;

import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.SessionStoreException;
import io.vertx.redis.client.Response;

/**
 * Lets only one change of a connection wait while there are too few replicas: it finds out whether they are back, and all
 * others are refused. Confined to the event loop of the link.
 */
final class ReplicaGate {

    private final Replicas replicas;
    private int waiting;
    /** How many replicas acknowledged the latest change; null if these were enough. */
    private @Nullable Integer tooFew;

    ReplicaGate(Replicas replicas) {
        this.replicas = replicas;
    }

    /** The failure of a change that must not be sent now, or null. */
    @Nullable
    SessionStoreException refusal() {
        return tooFew != null && waiting > 0 ? replicas.tooFew(tooFew) : null;
    }

    /** @return what takes the replies of a change that is sent now */
    BiConsumer<@Nullable Response, @Nullable Throwable> enter(BiConsumer<@Nullable Response, @Nullable Throwable> whenDone) {
        waiting++;
        return (replies, failure) -> {
            waiting--;
            if (replies != null) {
                int acknowledged = RedisCall.acknowledged(replies);
                tooFew = replicas.lack(acknowledged) ? acknowledged : null;
            }
            whenDone.accept(replies, failure);
        };
    }

    /** There is a new connection, which may lead to another server. */
    void open() {
        tooFew = null;
    }
}
