package io.quarkiverse.imsession.runtime.observability;

import java.util.function.Consumer;

import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.runtime.session.SessionMarker;
import io.quarkus.vertx.core.runtime.VertxMDC;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/**
 * Puts the id into the diagnostic context of the request, which is visible to all threads that work on the request, and to no
 * other request. The context is passed explicitly: another thread that changes the session may have none, and would keep the id
 * for its next task.
 */
public final class MdcMarker implements SessionMarker {

    private final String key;

    public MdcMarker(String key) {
        this.key = key;
    }

    @Override
    public Consumer<SessionId> begin() {
        Context request = Vertx.currentContext();
        return id -> VertxMDC.INSTANCE.put(key, id.value(), request);
    }
}
