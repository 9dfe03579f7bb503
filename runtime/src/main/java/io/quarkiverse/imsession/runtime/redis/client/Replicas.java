package io.quarkiverse.imsession.runtime.redis.client;

import java.time.Duration;

import io.quarkiverse.imsession.SessionStoreException;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.impl.CommandImpl;

/**
 * The replicas that must have a change before it counts as stored.
 *
 * @param count how many of them; 0 to wait for none
 * @param timeout how long the server waits for them
 */
public record Replicas(int count, Duration timeout) {

    public static final Replicas NONE = new Replicas(0, Duration.ZERO);

    /** WAIT as a command that replicas must not answer: it follows a script that the primary runs. */
    private static final Command WAIT_OF_PRIMARY = new CommandImpl("wait", 3, false, false, false);

    boolean areAwaited() {
        return count > 0;
    }

    /** Asks how many replicas have all changes of the connection, as soon as there are enough, or after the timeout. */
    Request request() {
        return Request.cmd(WAIT_OF_PRIMARY).arg(count).arg(timeout.toMillis());
    }

    boolean lack(int acknowledged) {
        return acknowledged < count;
    }

    /** The failure of a change that fewer replicas have. It may be stored, and a fail-over may lose it. */
    SessionStoreException tooFew(int acknowledged) {
        return new SessionStoreException("quarkus.imsession.redis.replicas is " + count + ", but " + acknowledged
                + " of the replicas of Redis acknowledged the change within quarkus.imsession.redis.replicas-timeout ("
                + timeout + "). Check that the replicas run and are connected to the primary, or set a lower number");
    }
}
