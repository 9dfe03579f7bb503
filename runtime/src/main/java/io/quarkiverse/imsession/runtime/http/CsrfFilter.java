package io.quarkiverse.imsession.runtime.http;

import java.util.List;
import java.util.Locale;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.runtime.CsrfConfig;
import io.quarkiverse.imsession.runtime.CsrfConfig.CsrfMode;
import io.quarkiverse.imsession.runtime.RequestSession;
import io.quarkiverse.imsession.spi.SessionIdResolver;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/**
 * Refuses requests that another site may have made a browser send: those that change something, in a session whose token the
 * browser sends by itself, without the proof that is asked for.
 */
public final class CsrfFilter implements Handler<RoutingContext> {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.imsession");
    private static final int FORBIDDEN = 403;
    private static final String ORIGIN = "origin";
    private static final String TOKEN = "token";

    private final CsrfMode mode;
    private final String header;
    private final String field;
    private final OriginCheck origins;
    private final PathPatterns exempt;
    private final SessionIdResolver resolver;
    private final FormLimits limits;

    public CsrfFilter(CsrfConfig config, SessionIdResolver resolver, FormLimits limits) {
        this.mode = config.mode();
        this.header = config.header();
        this.field = config.field();
        this.origins = new OriginCheck(config.trustedOrigins().orElse(List.of()));
        this.exempt = new PathPatterns(config.exemptPaths().orElse(List.of()), false);
        this.resolver = resolver;
        this.limits = limits;
    }

    @Override
    public void handle(RoutingContext context) {
        HttpServerRequest request = context.request();
        CsrfDemand demand = CsrfDemand.of(mode, request.method().name(), isWebSocket(request));
        if (demand.isNothing() || !(context.response() instanceof SessionResponse response)
                || !response.session().exists() || exempt.match(request)
                || !resolver.isAmbient(request)) {
            context.next();
        } else if (demand.origin() && !isOwnOrigin(request)) {
            refuse(context, response.session(), ORIGIN);
        } else if (demand.token()) {
            checkToken(context, response);
        } else {
            context.next();
        }
    }

    private boolean isOwnOrigin(HttpServerRequest request) {
        return origins.passes(request.headers(), "https".equals(request.scheme()), request.authority());
    }

    private void checkToken(RoutingContext context, SessionResponse response) {
        List<String> headers = context.request().headers().getAll(header);
        if (!headers.isEmpty()) {
            decide(context, response.session(), headers.size() == 1 ? headers.get(0) : null);
        } else {
            // Fails only if the client goes away.
            response.request().peekFormField(field, limits)
                    .onSuccess(token -> decide(context, response.session(), token));
        }
    }

    private static void decide(RoutingContext context, RequestSession session, @Nullable String token) {
        if (session.csrf().verify(token)) {
            context.next();
        } else {
            refuse(context, session, TOKEN);
        }
    }

    private static void refuse(RoutingContext context, RequestSession session, String proof) {
        LOG.debugf("A request of session %s was refused: its %s does not prove that it comes from the application's own pages",
                session.id().orElse(null), proof);
        HttpServerResponse response = context.response();
        response.headers().set(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8").set(HttpHeaders.CACHE_CONTROL,
                "no-store");
        response.setStatusCode(FORBIDDEN).end(proof);
    }

    private static boolean isWebSocket(HttpServerRequest request) {
        for (String upgrade : request.headers().getAll(HttpHeaders.UPGRADE)) {
            if (upgrade.toLowerCase(Locale.ROOT).contains("websocket")) {
                return true;
            }
        }
        return false;
    }
}
