package io.quarkiverse.imsession.it.oidc;

import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.WebSocket;

/** News of the orders of a user. */
@WebSocket(path = "/news")
@Authenticated
public class News {

    private final SecurityIdentity identity;

    News(SecurityIdentity identity) {
        this.identity = identity;
    }

    @OnOpen
    String open() {
        return "News of " + identity.getPrincipal().getName();
    }
}
