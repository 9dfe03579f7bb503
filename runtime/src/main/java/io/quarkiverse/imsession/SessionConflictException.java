package io.quarkiverse.imsession;

import io.quarkiverse.imsession.SessionEvent.Refused.Reason;

/**
 * The session ended, or was given a new token by {@link ImSession#renewId()} or a log-in, while a request that changes it was
 * under way. Nothing was stored.
 */
public final class SessionConflictException extends RequestRefusedException {

    private static final long serialVersionUID = 1L;

    public SessionConflictException() {
        super("The session ended or was renewed while the request was under way, so its change was not stored");
    }

    /** Always {@link Reason#CONFLICT}. */
    @Override
    public Reason reason() {
        return Reason.CONFLICT;
    }
}
