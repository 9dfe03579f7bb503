package io.quarkiverse.imsession;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.SessionEvent.Refused;

/**
 * A request was refused because of its session. None of its changes was stored, and its response sets no session cookie.
 * <p>
 * The extension refuses a request before the application sees it ({@link CrossSiteRequestException},
 * {@link DeviceNotBoundException}, {@link SessionStoreException}), or in place of the application's response, whose changes
 * could not be stored ({@link SessionConflictException}, {@link SessionLimitException}, {@link SessionStoreException}). It
 * answers with a short text, unless the application has an exception mapper of Quarkus REST for this type or one of its
 * subtypes, or a failure handler of Vert.x, which finds the exception in {@code RoutingContext.failure()}. The mapper or
 * handler can read the session as it was when the request came, and cannot change it.
 */
public abstract sealed class RequestRefusedException extends SessionException
        permits CrossSiteRequestException, DeviceNotBoundException, SessionConflictException, SessionLimitException,
        SessionStoreException {

    private static final long serialVersionUID = 1L;

    RequestRefusedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** An exception without a stack trace, for refusals that do not come from a store. */
    RequestRefusedException(String message) {
        super(message, null, false);
    }

    /** The reason of the refusal, as in {@link Refused} and the meter {@code imsession.requests.refused}. */
    public abstract Refused.Reason reason();

    /** The status of the response: 403, 409 or 503. */
    public final int status() {
        return switch (reason()) {
            case ORIGIN, TOKEN, DEVICE -> 403;
            case CONFLICT, SIZE, LIMIT -> 409;
            case STORE -> 503;
        };
    }
}
