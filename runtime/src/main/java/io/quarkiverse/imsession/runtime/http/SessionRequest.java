package io.quarkiverse.imsession.runtime.http;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.RequestRefusedException;
import io.quarkiverse.imsession.runtime.session.RequestSession;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.impl.HttpServerRequestInternal;
import io.vertx.core.net.NetSocket;

/**
 * A request whose response waits for the session. An upgrade waits too: nothing can be stored for a client that has left HTTP.
 */
final class SessionRequest extends PeekableRequest {

    private final SessionResponse response;

    /**
     * @param ambiguous whether it carries several different tokens
     * @param refusal why it is refused, before the application sees it or after it has answered it; null if it is not
     * @param replaced the response of the application in whose place the request is answered; null if there is none
     */
    SessionRequest(HttpServerRequest delegate, RequestSession session, boolean ambiguous, SessionFilter filter,
            @Nullable RequestRefusedException refusal, @Nullable SessionResponse replaced) {
        super((HttpServerRequestInternal) delegate);
        this.response = new SessionResponse(delegate, this, session, ambiguous, filter, refusal, replaced);
    }

    @Override
    public SessionResponse response() {
        return response;
    }

    /** Only the router asks, and it has decided about this request before. */
    @Override
    public boolean isValidAuthority() {
        return true;
    }

    @Override
    public Future<ServerWebSocket> toWebSocket() {
        return response.beforeUpgrade(super::toWebSocket);
    }

    @Override
    public Future<NetSocket> toNetSocket() {
        return response.beforeUpgrade(super::toNetSocket);
    }
}
