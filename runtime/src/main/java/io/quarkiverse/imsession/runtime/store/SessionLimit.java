package io.quarkiverse.imsession.runtime.store;

/**
 * How many sessions a value of a reference may have.
 *
 * @param max the most sessions, at least 1
 * @param destroyOldest whether the oldest ones are ended to make room for another; else that one is refused
 */
public record SessionLimit(int max, boolean destroyOldest) {
}
