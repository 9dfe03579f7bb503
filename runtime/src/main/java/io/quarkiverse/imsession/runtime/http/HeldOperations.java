package io.quarkiverse.imsession.runtime.http;

import java.util.ArrayDeque;
import java.util.Queue;

import org.jspecify.annotations.Nullable;

/** The operations on a response that wait for the session to be stored, in order. Safe for use by several threads. */
final class HeldOperations {

    /** The number of bytes that an HTTP connection of Vert.x buffers by default. */
    private static final int LIMIT_BYTES = 64 * 1024;

    private final Queue<Runnable> operations = new ArrayDeque<>(2);
    private final @Nullable ClosingGate gate;
    private int bytes;
    private boolean ended;
    private boolean released;

    /** @param gate keeps the connection open until the operations were run; may be null */
    HeldOperations(@Nullable ClosingGate gate) {
        this.gate = gate;
    }

    /**
     * Keeps an operation. False if operations no longer have to wait, so this one need not either.
     *
     * @param size the memory that the operation takes, in bytes
     * @param end whether it ends the response
     */
    synchronized boolean add(Runnable operation, int size, boolean end) {
        if (released) {
            return false;
        }
        operations.add(operation);
        bytes += size;
        ended |= end;
        return true;
    }

    /** Runs all operations in order, including those that are added meanwhile. Later ones need not wait. */
    void runAll() {
        for (Runnable next = next(); next != null; next = next()) {
            next.run();
        }
        if (gate != null) {
            gate.open();
        }
    }

    private synchronized @Nullable Runnable next() {
        Runnable next = operations.poll();
        released = next == null;
        return next;
    }

    /** Whether one of the operations ends the response. */
    synchronized boolean isEnded() {
        return ended;
    }

    /** Whether the operations hold so much memory that writers should wait. */
    synchronized boolean isFull() {
        return bytes >= LIMIT_BYTES;
    }
}
