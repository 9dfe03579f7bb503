package io.quarkiverse.imsession.spi;

/** The result of ending a session on request of its client. */
public enum DestroyResult {
    /** The session was ended. */
    DESTROYED,
    /** There is no such session any more. */
    GONE,
    /** Nothing was ended: the presented token is not valid any more. The session, or one that replaced it, still exists. */
    SUPERSEDED
}
