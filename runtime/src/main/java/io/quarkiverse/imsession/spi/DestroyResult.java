package io.quarkiverse.imsession.spi;

/** What became of the wish of a client to end its session. */
public enum DestroyResult {
    /** The session was ended. */
    DESTROYED,
    /** There is no such session any more. */
    GONE,
    /** The session, or one that was stored in its place, lives on, as the presented token is not valid any more. */
    SUPERSEDED
}
