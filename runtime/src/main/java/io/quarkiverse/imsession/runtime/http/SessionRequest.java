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
 * A request whose response waits until the session is stored. An upgrade waits too, as the session cannot be stored after the
 * client has left HTTP.
 */
final class SessionRequest extends PeekableRequest {

    private final SessionResponse response;

    /**
     * @param ambiguous whether it carries several different tokens
     * @param refusal the reason why it is refused, before or after the application has handled it; null if it is not refused
     * @param replaced the response of the application that is replaced; null if there is none
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

    /** Only the router calls this, and it has already checked the original request. */
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
