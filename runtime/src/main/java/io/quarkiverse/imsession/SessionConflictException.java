package io.quarkiverse.imsession;

import io.quarkiverse.imsession.SessionEvent.Refused.Reason;

/**
 * The session ended, was given a new token by {@link ImSession#renew()} or a log-in, or was made so large by another request
 * that the change does not fit any more, while a request that changes it was under way. Nothing was stored.
 */
public final class SessionConflictException extends RequestRefusedException {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    private SessionConflictException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** The session ended or was renewed. */
    public static SessionConflictException ended() {
        return new SessionConflictException(Reason.CONFLICT,
                "The session ended or was renewed while the request was under way, so its change was not stored");
    }

    /** With what another request stored meanwhile, the session would pass a limit. */
    public static SessionConflictException tooLarge() {
        return new SessionConflictException(Reason.SIZE,
                "With what another request stored meanwhile, the session would be too large, so the change was not stored");
    }

    /** {@link Reason#CONFLICT} or {@link Reason#SIZE}. */
    @Override
    public Reason reason() {
        return reason;
    }
}
