package io.quarkiverse.imsession.runtime.http;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;

/** Asks for the state of a connection. */
final class Connections {

    private Connections() {
    }

    /**
     * Whether the client is gone. An HTTP/2 response of Vert.x 4 locks itself and then its connection to tell, while a worker
     * thread of Quarkus REST that writes a stream asks the same with the connection locked: so lock that first, always.
     */
    static boolean isClosed(HttpServerRequest request) {
        if (request.version() != HttpVersion.HTTP_2) {
            return request.response().closed();
        }
        synchronized (request.connection()) {
            return request.response().closed();
        }
    }
}
