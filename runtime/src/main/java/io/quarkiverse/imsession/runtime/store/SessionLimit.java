package io.quarkiverse.imsession.runtime.store;

/**
 * The limit on the number of sessions of one reference.
 *
 * @param max the greatest number of sessions, at least 1
 * @param destroyOldest whether the oldest sessions are ended to make room for another one; otherwise the other one is refused
 */
public record SessionLimit(int max, boolean destroyOldest) {
}
