package io.quarkiverse.imsession.runtime.login;

/** A mechanism that authenticates by the log-in of a session. */
public interface SessionMechanism {
}
