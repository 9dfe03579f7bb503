package io.quarkiverse.imsession;

/**
 * The application tried to change the session after the response had begun, while it answered a refused request, or in a
 * WebSocket. The change was refused, as it can no longer be stored before the client sees the response.
 */
public final class SessionCommittedException extends SessionException {

    private static final long serialVersionUID = 1L;

    /** @param operation the refused method of {@link ImSession} */
    public SessionCommittedException(String operation) {
        super("ImSession." + operation + "() was called after the first byte of the response was written. Change the session"
                + " before the response begins: before the first item of a stream, the first write or flush, or end()");
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
     * For a change after the response has begun that the client cannot be told of.
     *
     * @param operation the refused method of {@link ImSession}
     */
    public static SessionCommittedException needsToken(String operation) {
        return new SessionCommittedException(operation,
                "after the response had begun, or in a WebSocket, where the client can no"
                        + " longer get the token of a new or renewed session. Call it before the response begins");
    }

    /**
     * For a change in a WebSocket, which outlives the request that opened it.
     *
     * @param operation the refused method of {@link ImSession}
     */
    public static SessionCommittedException inWebSocket(String operation) {
        return new SessionCommittedException(operation,
                "in a WebSocket, which has the session as it was at the upgrade: nothing"
                        + " would store the change. Let an HTTP request change the session, or call ImSessions.update, unset, touch or"
                        + " destroy with session.id()");
    }
}
