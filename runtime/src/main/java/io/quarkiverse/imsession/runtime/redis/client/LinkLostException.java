package io.quarkiverse.imsession.runtime.redis.client;

/** The connection was lost before the reply came: the server may or may not have run the command. */
final class LinkLostException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LinkLostException() {
        super("The connection to Redis was lost", null, false, false);
    }
}
