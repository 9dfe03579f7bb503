package io.quarkiverse.imsession;

import io.quarkiverse.imsession.SessionEvent.Refused.Reason;

/**
 * A request could not change its session, because another request interfered meanwhile: it ended the session, gave it a new
 * token by {@link ImSession#renew()} or a log-in, stored so much that the change no longer fits, or changed what the function
 * given to {@link ImSession#update} reads, so that the function now fails, or again and again. Its changes were not stored,
 * except those of earlier commits.
 */
public final class SessionConflictException extends RequestRefusedException {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    private SessionConflictException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    private SessionConflictException(String message, Throwable cause) {
        super(message, cause);
        this.reason = Reason.CONFLICT;
    }

    /** For a change that depends on what other requests changed again and again. */
    public static SessionConflictException contended() {
        return new SessionConflictException(Reason.CONFLICT,
                "Other requests kept changing what this change depends on, so it was not stored");
    }

    /**
     * For a change that fails on the session as another request has stored it.
     *
     * @param cause the exception of the function given to {@link ImSession#update}
     */
    public static SessionConflictException failed(Throwable cause) {
        return new SessionConflictException("Another request has changed what this change depends on, and the change fails on"
                + " the session as it is now, so it was not stored", cause);
    }

    /** For a session that ended or was renewed meanwhile. */
    public static SessionConflictException ended() {
        return new SessionConflictException(Reason.CONFLICT,
                "The session ended or was renewed while the request was under way, so this commit stored nothing");
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
