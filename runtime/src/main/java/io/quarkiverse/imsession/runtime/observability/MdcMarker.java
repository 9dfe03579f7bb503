package io.quarkiverse.imsession.runtime.observability;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.runtime.session.SessionMarker;
import io.quarkus.vertx.core.runtime.VertxMDC;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/**
 * Puts the id of the session, or the name of the user who acts in it, into the diagnostic context of the request, which is
 * visible to all threads that work on the request, and to no other request. The context is passed explicitly: another thread
 * that changes the session may have none, and would keep the id for its next task.
 */
public final class MdcMarker implements SessionMarker {

    private static final Pattern CONTROLS = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}]");

    private final String key;
    private final Function<ImSession, Optional<String>> text;

    private MdcMarker(String key, Function<ImSession, Optional<String>> text) {
        this.key = key;
        this.text = text;
    }

    public static SessionMarker ofId(String key) {
        return new MdcMarker(key, session -> session.id().map(SessionId::value));
    }

    /** The name comes from a provider of identities; a line break in it must not begin a line of the log. */
    public static SessionMarker ofActor(String key) {
        return new MdcMarker(key, session -> session.actor().map(name -> CONTROLS.matcher(name).replaceAll(" ")));
    }

    @Override
    public Consumer<ImSession> begin() {
        Context request = Vertx.currentContext();
        return session -> text.apply(session).ifPresentOrElse(found -> VertxMDC.INSTANCE.put(key, found, request),
                () -> VertxMDC.INSTANCE.remove(key, request));
    }
}
