package io.quarkiverse.imsession.it.load;

import java.time.Duration;
import java.util.List;

/** Where the application of a soak keeps its sessions. */
interface SoakStore extends AutoCloseable {

    String name();

    /** What tells the application where it is, as {@code -Dname=value}. */
    List<String> settings();

    /** How many connections the application has to it, once they have been used. */
    long connections();

    /** How many connections the application may have to it. */
    int mostConnections();

    /** What is left of sessions and of their references. */
    long entries();

    /** Lets all changes wait until {@link #goOn}, or so long. */
    void hold(Duration longest);

    /** Whether a change waits. */
    boolean isHolding();

    void goOn();

    @Override
    void close();
}
