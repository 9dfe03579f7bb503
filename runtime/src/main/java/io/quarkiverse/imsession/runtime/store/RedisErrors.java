package io.quarkiverse.imsession.runtime.store;

import io.quarkiverse.imsession.SessionStoreException;
import io.quarkiverse.imsession.runtime.store.RedisLink.LinkLostException;
import io.vertx.redis.client.impl.types.ErrorType;

/** What the errors of Redis and its client mean. */
final class RedisErrors {

    private RedisErrors() {
    }

    /** An answer of the server, or a lost connection. */
    static Throwable translate(Throwable cause) {
        if (cause instanceof ErrorType error && !error.is("CONNECTION_CLOSED")) {
            return new ServerErrorException(error);
        }
        return new LinkLostException();
    }

    static boolean isReadOnly(Throwable cause) {
        return cause instanceof ErrorType error && error.is("READONLY");
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

    static SessionStoreException asStoreException(Throwable failure) {
        if (failure instanceof SessionStoreException known) {
            return known;
        }
        return new SessionStoreException(
                failure instanceof ServerErrorException server ? "Redis answered " + server.error.getMessage()
                        : "The connection to Redis was lost",
                failure);
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
