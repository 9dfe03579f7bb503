package io.quarkiverse.imsession;

/**
 * The application tried to change the session after the response had ended, or while it answered a refused request; or it made
 * a change that needs a cookie after the response had begun, or in a WebSocket. Nothing was changed.
 */
public final class SessionCommittedException extends SessionException {

    private static final long serialVersionUID = 1L;

    /** @param operation the refused method of {@link ImSession} */
    public SessionCommittedException(String operation) {
        super("ImSession." + operation + "() was called after the end of the response. Change the session before the response"
                + " begins, or while it is sent and then call ImSession.commit()");
    }

    private SessionCommittedException(String operation, String reason) {
        super("ImSession." + operation + "() was called " + reason);
    }

    /**
     * For a change that the application makes while it answers a refused request.
     *
     * @param operation the refused method of {@link ImSession}
     */
    public static SessionCommittedException inRefusal(String operation) {
        return new SessionCommittedException(operation,
                "where a request is answered that was refused: nothing would store the change. Only read the session there");
    }

    /**
     * For a change that needs a cookie, after the response has begun.
     *
     * @param operation the refused method of {@link ImSession}
     */
    public static SessionCommittedException needsToken(String operation) {
        return new SessionCommittedException(operation,
                "after the first byte of the response was written, when the client can no"
                        + " longer get the token of a new or renewed session. Call it before the response begins: before the first item of"
                        + " a stream, the first write or flush, or end()");
    }

    /**
     * For a change that needs a cookie, in a WebSocket.
     *
     * @param operation the refused method of {@link ImSession}
     */
    public static SessionCommittedException inWebSocket(String operation) {
        return new SessionCommittedException(operation,
                "in a WebSocket, where the client cannot get the token of a new or renewed"
                        + " session. Let an HTTP request do it");
    }
}
