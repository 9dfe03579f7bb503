package io.quarkiverse.imsession;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.SessionEvent.Refused;

/**
 * A request cannot be done, for the sake of its session. Nothing of it was stored, and its response sets no session cookie.
 * <p>
 * The extension refuses a request before the application sees it ({@link CrossSiteRequestException},
 * {@link SessionStoreException}), or in place of the application's response, whose changes could not be stored
 * ({@link SessionConflictException}, {@link SessionLimitException}, {@link SessionStoreException}). It answers with a short
 * text, unless the application does: with an exception mapper of Quarkus REST for this type or one of its subtypes, or with a
 * failure handler of Vert.x, which finds it in {@code RoutingContext.failure()}. The session can be read there, as the request
 * came with it, and not be changed.
 */
public abstract sealed class RequestRefusedException extends SessionException
        permits CrossSiteRequestException, SessionConflictException, SessionLimitException, SessionStoreException {

    private static final long serialVersionUID = 1L;

    RequestRefusedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** One that the extension itself makes, for which a stack trace tells nothing. */
    RequestRefusedException(String message) {
        super(message, null, false);
    }

    /** Why, as {@link Refused} and the meter {@code imsession.requests.refused} tell it. */
    public abstract Refused.Reason reason();

    /** The status of the response: 403, 409 or 503. */
    public final int status() {
        return switch (reason()) {
            case ORIGIN, TOKEN -> 403;
            case CONFLICT, SIZE, LIMIT -> 409;
            case STORE -> 503;
        };
    }
}
