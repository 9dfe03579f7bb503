package io.quarkiverse.imsession;

import io.quarkiverse.imsession.SessionEvent.Refused.Reason;

/**
 * A request could not change its session, because another request interfered meanwhile: it ended the session, gave it a new
 * token by {@link ImSession#renew()} or a log-in, or stored so much that the change no longer fits. Nothing was stored.
 */
public final class SessionConflictException extends RequestRefusedException {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    private SessionConflictException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** For a session that ended or was renewed meanwhile. */
    public static SessionConflictException ended() {
        return new SessionConflictException(Reason.CONFLICT,
                "The session ended or was renewed while the request was under way, so its change was not stored");
    }

    /** For a session that would pass a limit, together with the data that another request has stored meanwhile. */
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
