package io.quarkiverse.imsession.runtime.http;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;

/** Reads the state of a connection. */
final class Connections {

    private Connections() {
    }

    /**
     * Whether the client has closed the connection. To answer this, an HTTP/2 response of Vert.x 4 locks itself and then its
     * connection. A worker thread of Quarkus REST that writes a stream asks while it holds the lock of the connection. So the
     * connection is always locked first, to prevent a deadlock.
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
