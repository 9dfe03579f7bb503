package io.quarkiverse.imsession.runtime.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;
import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.runtime.device.DeviceHeaders;
import io.quarkiverse.imsession.runtime.log.LimitedLog;
import io.quarkiverse.imsession.runtime.session.Contexts;
import io.quarkiverse.imsession.runtime.session.DeviceBindings;
import io.quarkiverse.imsession.runtime.session.DeviceBindings.Reply;
import io.quarkiverse.imsession.runtime.session.DeviceBindings.Sender;
import io.quarkiverse.imsession.runtime.session.SessionLoader;
import io.quarkiverse.imsession.runtime.session.StoreFailures;
import io.quarkiverse.imsession.spi.SessionIdResolver;
import io.quarkiverse.imsession.spi.SessionToken;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/**
 * The two paths at which browsers register keys and ask for new bound cookies. They come before the session filter: the
 * requests are those of the browser itself, at times without cookies and caused by other sites, and are no use of the session.
 * They need no check against cross-site request forgery: without a proof they change nothing, and a page, also one of another
 * site, cannot make one.
 */
public final class DeviceEndpoints {

    private static final LimitedLog FAILED = new LimitedLog(Logger.getLogger("io.quarkiverse.imsession"), Level.ERROR);

    private final DeviceBindings devices;
    private final DeviceExchange exchange;
    private final SessionLoader loader;
    private final SessionIdResolver resolver;
    private final ClientAttributes client;

    public DeviceEndpoints(DeviceBindings devices, DeviceExchange exchange, SessionLoader loader, SessionIdResolver resolver,
            ClientAttributes client) {
        this.devices = devices;
        this.exchange = exchange;
        this.loader = loader;
        this.resolver = resolver;
        this.client = client;
    }

    public void route(Router router) {
        router.post(exchange.registration()).order(Integer.MIN_VALUE)
                .handler(context -> answer(context, devices::register));
        router.post(exchange.refresh()).order(Integer.MIN_VALUE).handler(this::refresh);
    }

    private void refresh(RoutingContext context) {
        String value = context.request().headers().get(DeviceHeaders.SESSION_ID);
        String named = value == null ? null : DeviceHeaders.sessionId(value);
        SessionId id = named == null ? null : SessionId.tryParse(named).orElse(null);
        if (id == null) {
            exchange.answer(context.request(), context.response(), new Reply.Refused());
        } else {
            answer(context, (jwt, sender, audience) -> devices.refresh(id, jwt, sender, audience));
        }
    }

    private void answer(RoutingContext context, Wish wish) {
        HttpServerRequest request = context.request();
        String sent = request.headers().get(DeviceHeaders.RESPONSE);
        Context vertx = Vertx.currentContext();
        wish.of(sent == null ? null : Objects.requireNonNullElse(DeviceHeaders.response(sent), ""),
                new Sender(carried(request), () -> client.of(request)),
                url -> isOf(request, url))
                .whenComplete((reply, failure) -> Contexts.run(vertx, () -> reply(request, reply, failure)));
    }

    /** What a browser wants. */
    private interface Wish {

        CompletionStage<Reply> of(@Nullable String jwt, Sender sender, Predicate<String> audience);
    }

    /** Whether a text is the URL of a request. Its scheme may be that of a proxy. */
    private static boolean isOf(HttpServerRequest request, String url) {
        try {
            URI uri = new URI(url);
            HostAndPort authority = request.authority();
            return request.path().equals(uri.getPath()) && authority != null
                    && authority.host().equalsIgnoreCase(uri.getHost());
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** The token that a request carries; null if it carries none, several, or a malformed one. */
    private @Nullable SessionToken carried(HttpServerRequest request) {
        try {
            Set<String> tokens = resolver.tokens(request);
            return tokens.isEmpty() ? null : loader.tokenOf(tokens);
        } catch (RuntimeException e) {
            // The resolver may be a bean of the application.
            FAILED.logWithTrace(e, "%s could not read the token of a request", resolver.getClass().getName());
            return null;
        }
    }

    private void reply(HttpServerRequest request, @Nullable Reply reply, @Nullable Throwable failure) {
        if (ErrorResponse.hasBegun(request)) {
            return;
        }
        if (reply != null) {
            exchange.answer(request, request.response(), reply);
        } else {
            FAILED.log("A browser that wanted to bind a session to its device, or to renew its bound cookie, could not be"
                    + " answered: %s", failure);
            // The browser keeps its session, and tries later.
            ErrorResponse.of(StoreFailures.asStoreException(failure)).send(request);
        }
    }
}
