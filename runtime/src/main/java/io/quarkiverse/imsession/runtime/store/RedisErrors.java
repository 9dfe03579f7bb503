package io.quarkiverse.imsession.runtime.store;

import java.util.regex.Pattern;

import io.quarkiverse.imsession.SessionStoreException;
import io.vertx.redis.client.impl.types.ErrorType;

/** What the errors of Redis and its client mean. */
final class RedisErrors {

    private static final Pattern USER_INFO = Pattern.compile("://\\S*@");

    private RedisErrors() {
    }

    /** What a failed command means for the connection. The client tells some of it by nothing but a message. */
    static Kind kind(Throwable cause) {
        if (cause instanceof ErrorType error) {
            return error.is("CONNECTION_CLOSED") ? Kind.LOST : Kind.ANSWER;
        }
        String message = String.valueOf(cause.getMessage());
        if (message.equals("Redis waiting queue is full")) {
            return Kind.TOO_MANY;
        }
        return message.equals("Connection is closed") || message.startsWith("Failed obtaining connection")
                || message.startsWith("Cannot connect to any") ? Kind.NOT_SENT : Kind.LOST;
    }

    /** What {@link #kind} says is an answer. */
    static Throwable answer(Throwable cause) {
        return new ServerErrorException((ErrorType) cause);
    }

    /** Whether only a replica answers so. Redis 6.2 wraps what a script got into an error of its own. */
    static boolean isOfReplica(Throwable cause) {
        return cause instanceof ErrorType error && (error.is("READONLY") || error.is("MASTERDOWN")
                || error.is("ERR") && error.getMessage().contains(": -READONLY "));
    }

    static boolean isServerError(Throwable failure) {
        return failure instanceof ServerErrorException;
    }

    static boolean isNoScript(Throwable failure) {
        return failure instanceof ServerErrorException server && server.error.is("NOSCRIPT");
    }

    static boolean isWrongType(Throwable failure) {
        return failure instanceof ServerErrorException server && server.error.is("WRONGTYPE");
    }

    /** The client names the servers as they were configured: the passwords of their addresses are left out. */
    static SessionStoreException unreachable(Throwable failure) {
        String message = "Redis cannot be reached: " + failure.getMessage();
        String safe = USER_INFO.matcher(message).replaceAll("://");
        return safe.equals(message) ? new SessionStoreException(message, failure) : new SessionStoreException(safe);
    }

    static SessionStoreException asStoreException(Throwable failure) {
        if (failure instanceof SessionStoreException known) {
            return known;
        }
        return new SessionStoreException(
                failure instanceof ServerErrorException server ? "Redis answered " + server.error.getMessage()
                        : "The connection to Redis was lost",
                failure);
    }

    /** Why a command failed. */
    enum Kind {
        /** The server answered with an error. */
        ANSWER,
        /** The client sends no more before others are answered. */
        TOO_MANY,
        /** There was no connection to the server: it was not run. */
        NOT_SENT,
        /** The connection was lost before the reply: nobody knows whether it was run. */
        LOST
    }

    /** Redis answered with an error. */
    private static final class ServerErrorException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient ErrorType error;

        ServerErrorException(ErrorType error) {
            super(error.getMessage(), null, false, false);
            this.error = error;
        }
    }
}
