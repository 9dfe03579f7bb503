package io.quarkiverse.imsession.runtime.http;

import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;
import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.runtime.RequestSession;
import io.quarkiverse.imsession.runtime.SessionCommitter;
import io.quarkiverse.imsession.runtime.SessionLoader;
import io.quarkiverse.imsession.runtime.SessionMarker;
import io.quarkiverse.imsession.runtime.log.LimitedLog;
import io.quarkiverse.imsession.spi.SessionIdResolver;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/**
 * The first route of all. It loads the session, wraps request and response, and hands the wrapped request to the
 * router again: so every later route, of whatever layer, sees the wrapped one.
 */
public final class SessionFilter implements Handler<RoutingContext> {

    private static final LimitedLog NOT_READ = new LimitedLog(Logger.getLogger("io.quarkiverse.imsession"), Level.ERROR);

    private final Router router;
    private final PathFilter paths;
    private final SessionIdResolver resolver;
    private final SessionLoader loader;
    private final SessionCommitter committer;
    private final ClientAttributes clientAttributes;
    private final ClearSiteData clearSiteData;
    private final @Nullable SessionMarker marker;

    /** @param marker is told the session of each request; may be null */
    public SessionFilter(Router router, PathFilter paths, SessionIdResolver resolver, SessionLoader loader,
            SessionCommitter committer, ClientAttributes clientAttributes, ClearSiteData clearSiteData,
            @Nullable SessionMarker marker) {
        this.router = router;
        this.paths = paths;
        this.resolver = resolver;
        this.loader = loader;
        this.committer = committer;
        this.clientAttributes = clientAttributes;
        this.clearSiteData = clearSiteData;
        this.marker = marker;
    }

    /** The session of a request that has passed a filter, or null. */
    public static @Nullable ImSession sessionOf(HttpServerRequest request) {
        return request.response() instanceof SessionResponse response ? response.session() : null;
    }

    /** Where a request that has passed a filter is handled, or null. */
    public static @Nullable Context contextOf(HttpServerRequest request) {
        return request.response() instanceof SessionResponse response ? response.context() : null;
    }

    @Override
    public void handle(RoutingContext context) {
        if (context.response() instanceof SessionResponse response && response.isOf(this)) {
            context.put(ImSession.class.getName(), response.session());
            context.next();
        } else if (paths.includes(context.normalizedPath())) {
            load(context.request());
        } else {
            context.next();
        }
    }

    SessionIdResolver resolver() {
        return resolver;
    }

    SessionCommitter committer() {
        return committer;
    }

    ClientAttributes clientAttributes() {
        return clientAttributes;
    }

    ClearSiteData clearSiteData() {
        return clearSiteData;
    }

    private void load(HttpServerRequest request) {
        String token;
        try {
            token = resolver.resolve(request);
        } catch (RuntimeException e) {
            // It may be the application's.
            NOT_READ.logWithTrace(e, "%s could not read the token of a request", resolver.getClass().getName());
            ErrorResponse.TOKEN_NOT_READ.send(request);
            return;
        }
        if (token == null) {
            proceed(request, loader.none());
            return;
        }
        Context context = Vertx.currentContext();
        loader.load(token).whenComplete((session, failure) -> Contexts.run(context, () -> loaded(request, session, failure)));
    }

    private void loaded(HttpServerRequest request, @Nullable RequestSession session, @Nullable Throwable failure) {
        if (Connections.isClosed(request)) {
            return;
        }
        if (session == null || failure != null) {
            ErrorResponse.STORE_UNAVAILABLE.send(request);
        } else {
            proceed(request, session);
        }
    }

    private void proceed(HttpServerRequest request, RequestSession session) {
        if (marker != null) {
            session.mark(marker);
        }
        router.handle(new SessionRequest(request, session, this));
    }
}
