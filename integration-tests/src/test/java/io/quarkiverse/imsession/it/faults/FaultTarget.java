package io.quarkiverse.imsession.it.faults;

/** A server of the store, to which something happens under load. */
interface FaultTarget {

    boolean isRunning();

    /** How many connections the application has to it. */
    int connections();

    /** How many connections the application may have to it. */
    int mostConnections();
}
