package io.quarkiverse.imsession.runtime.http;

import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;
import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.DeviceNotBoundException;
import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.RequestRefusedException;
import io.quarkiverse.imsession.SessionStoreException;
import io.quarkiverse.imsession.runtime.log.LimitedLog;
import io.quarkiverse.imsession.runtime.session.Contexts;
import io.quarkiverse.imsession.runtime.session.RequestSession;
import io.quarkiverse.imsession.runtime.session.SessionLoader;
import io.quarkiverse.imsession.runtime.session.SessionMarker;
import io.quarkiverse.imsession.runtime.session.StoreFailures;
import io.quarkiverse.imsession.spi.SessionIdResolver;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/**
 * The first route of the application. It loads the session, wraps request and response, and passes the wrapped request to the
 * router again. So all later routes get the wrapped request.
 */
public final class SessionFilter implements Handler<RoutingContext> {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.imsession");
    private static final LimitedLog NOT_READ = new LimitedLog(LOG, Level.ERROR);
    private static final LimitedLog NOT_REMOVED = new LimitedLog(LOG, Level.ERROR);

    private static final Supplier<Set<String>> NO_COOKIES = Set::of;

    private final Router router;
    private final PathFilter paths;
    private final SessionLoader loader;
    private final @Nullable SessionMarker marker;
    private final Exchange exchange;

    /** @param marker marks the records of each request with its session; null if there is nothing to mark */
    public SessionFilter(Router router, PathFilter paths, SessionLoader loader, @Nullable SessionMarker marker,
            Exchange exchange) {
        this.router = router;
        this.paths = paths;
        this.loader = loader;
        this.marker = marker;
        this.exchange = exchange;
    }

    /** The session of a request that has passed a filter, or null. */
    public static @Nullable RequestSession sessionOf(HttpServerRequest request) {
        return request.response() instanceof SessionResponse response ? response.session() : null;
    }

    /**
     * Whether a request that has passed a filter is the answer of a provider to a log-in, see
     * {@link MechanismCookies#isAnswer}.
     */
    public static boolean isAnswer(HttpServerRequest request) {
        return request.response() instanceof SessionResponse response && response.request().isAnswer();
    }

    /** The context that handles a request that has passed a filter, or null. */
    public static @Nullable Context contextOf(HttpServerRequest request) {
        return request.response() instanceof SessionResponse response ? response.context() : null;
    }

    @Override
    public void handle(RoutingContext context) {
        if (context.response() instanceof SessionResponse response && response.isOf(this)) {
            handle(context, response);
        } else if (paths.includes(context.request())) {
            load(context.request());
        } else {
            OldCookies.hide(context, exchange);
            context.next();
        }
    }

    private void handle(RoutingContext context, SessionResponse response) {
        response.routed(context);
        RequestRefusedException refusal = response.refusal();
        if (refusal != null && response.beginCheck()) {
            exchange.refusals().answer(context, response, refusal);
        } else {
            context.put(ImSession.class.getName(), response.session());
            context.next();
        }
    }

    Exchange exchange() {
        return exchange;
    }

    /**
     * Has a request answered again, as the changes that belong to the response of the application could not be stored.
     *
     * @param replaced the response of the application, which was not sent
     */
    void answerAnew(HttpServerRequest request, SessionResponse replaced, RequestRefusedException refusal) {
        if (Connections.isClosed(request)) {
            replaced.drop();
        } else {
            dispatch(new SessionRequest(request, replaced.session(), replaced.isAmbiguous(), this, refusal, replaced));
        }
    }

    /** Tells the client of an ambiguous request to forget the tokens that are not its own, before the response begins. */
    void removeOthers(HttpServerRequest request) {
        CacheControl.forbid(request.response().headers());
        try {
            exchange.resolver().removeOthers(request, request.response());
        } catch (RuntimeException e) {
            // The response is correct without these headers, and the next response tries again.
            NOT_REMOVED.logWithTrace(e, "%s could not tell the client to forget other tokens",
                    exchange.resolver().getClass().getName());
        }
    }

    private void load(HttpServerRequest request) {
        SessionIdResolver resolver = exchange.resolver();
        Set<String> tokens;
        try {
            tokens = Objects.requireNonNull(resolver.tokens(request), "tokens");
        } catch (RuntimeException e) {
            // The resolver may be a bean of the application.
            NOT_READ.logWithTrace(e, "%s could not read the token of a request", resolver.getClass().getName());
            ErrorResponse.TOKEN_NOT_READ.send(request);
            return;
        }
        if (exchange.cookies().isAnswer(request)) {
            answer(request, tokens);
        } else {
            find(request, tokens);
        }
    }

    /**
     * The answer of a provider can be used once, and its log-in has to be stored, so the store is asked first whether it can be
     * reached. If it cannot, the browser keeps what it needs to send the answer again.
     */
    private void answer(HttpServerRequest request, Set<String> tokens) {
        Context context = Vertx.currentContext();
        loader.reach().whenComplete((nothing, failure) -> Contexts.run(context, () -> {
            if (failure == null && !Connections.isClosed(request)) {
                find(request, tokens);
            } else {
                loaded(request, tokens, null, failure);
            }
        }));
    }

    private void find(HttpServerRequest request, Set<String> tokens) {
        if (tokens.isEmpty()) {
            proceed(request, loader.none(), false);
            return;
        }
        DeviceExchange devices = exchange.devices();
        if (devices != null) {
            devices.count(request);
        }
        Context context = Vertx.currentContext();
        loader.load(tokens, devices == null ? NO_COOKIES : () -> devices.cookies(request)).whenComplete(
                (session, failure) -> Contexts.run(context, () -> loaded(request, tokens, session, failure)));
    }

    private void loaded(HttpServerRequest request, Set<String> tokens, @Nullable RequestSession session,
            @Nullable Throwable failure) {
        if (session != null && session.isTurnedAway()) {
            loader.tellTurnedAway(session, () -> exchange.client().of(request));
        }
        if (Connections.isClosed(request)) {
            return;
        }
        boolean ambiguous = tokens.size() > 1;
        if (session == null || failure != null) {
            SessionStoreException refusal = StoreFailures.asStoreException(failure);
            exchange.refusals().fire(Optional.ofNullable(loader.idOf(tokens)), refusal);
            dispatch(new SessionRequest(request, loader.unavailable(), ambiguous, this, refusal, null));
        } else {
            proceed(request, session, ambiguous);
        }
    }

    private void proceed(HttpServerRequest request, RequestSession session, boolean ambiguous) {
        DeviceExchange devices = exchange.devices();
        RequestRefusedException refusal = devices != null && devices.refuses(request, session) ? new DeviceNotBoundException()
                : null;
        if (refusal != null) {
            exchange.refusals().fire(session.id(), refusal);
        }
        dispatch(new SessionRequest(request, session, ambiguous, this, refusal, null));
    }

    private void dispatch(SessionRequest request) {
        if (marker != null) {
            request.response().session().mark(marker);
        }
        router.handle(request);
    }
}
