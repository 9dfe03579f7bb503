package io.quarkiverse.imsession.runtime.http;

import java.util.List;
import java.util.Locale;

import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;
import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.CrossSiteRequestException;
import io.quarkiverse.imsession.SessionEvent.Refused.Reason;
import io.quarkiverse.imsession.runtime.config.CsrfConfig;
import io.quarkiverse.imsession.runtime.config.CsrfConfig.CsrfMode;
import io.quarkiverse.imsession.runtime.log.LimitedLog;
import io.quarkiverse.imsession.spi.SessionIdResolver;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

/**
 * Refuses requests that may come from a page of another site: requests that may change something, or open a WebSocket, without
 * the required proof. Requests without a session are checked too: the browser may send another credential by itself, and the
 * answer may bring a session that an attacker has chosen.
 */
public final class CsrfFilter implements Handler<RoutingContext> {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.imsession");
    private static final LimitedLog NOT_TOLD = new LimitedLog(LOG, Level.ERROR);

    private final CsrfMode mode;
    private final String header;
    private final String field;
    private final OriginCheck origins;
    private final PathPatterns exempt;
    private final @Nullable PathPatterns logIns;
    private final SessionIdResolver resolver;
    private final FormLimits limits;
    private final Refusals refusals;

    /** @param logIns exact paths of endpoints of Quarkus at which users log in and out */
    public CsrfFilter(CsrfConfig config, SessionIdResolver resolver, FormLimits limits, Refusals refusals,
            List<String> logIns) {
        this.mode = config.mode();
        this.header = config.header();
        this.field = config.field();
        this.origins = new OriginCheck(config.trustedOrigins().orElse(List.of()));
        this.exempt = new PathPatterns(config.exemptPaths().orElse(List.of()), false);
        this.logIns = logIns.isEmpty() ? null : new PathPatterns(logIns, true);
        this.resolver = resolver;
        this.limits = limits;
        this.refusals = refusals;
    }

    @Override
    public void handle(RoutingContext context) {
        if (context.response() instanceof SessionResponse response && response.beginCheck()) {
            check(context, response);
        } else {
            context.next();
        }
    }

    private void check(RoutingContext context, SessionResponse response) {
        HttpServerRequest request = context.request();
        CsrfDemand demand = logIns != null && logIns.find(context.normalizedPath()) ? CsrfDemand.LOG_IN
                : CsrfDemand.of(mode, request.method().name(), isWebSocket(request), response.session().exists());
        if (response.request().isLogOut()) {
            demand = demand.withOrigin();
        }
        if (demand.isNothing() || exempt.match(request) || response.request().isAnswer() || !isAmbient(request)) {
            context.next();
        } else if (demand.origin() && !isOwnOrigin(request)) {
            refuse(context, response, Reason.ORIGIN);
        } else if (demand.token()) {
            checkToken(context, response);
        } else {
            context.next();
        }
    }

    private boolean isAmbient(HttpServerRequest request) {
        try {
            return resolver.isAmbient(request);
        } catch (RuntimeException e) {
            // The resolver may be a bean of the application. If it fails, the request must prove its origin.
            NOT_TOLD.logWithTrace(e, "%s could not tell whether a browser sends tokens by itself",
                    resolver.getClass().getName());
            return true;
        }
    }

    private boolean isOwnOrigin(HttpServerRequest request) {
        return origins.passes(request.headers(), "https".equals(request.scheme()), request.authority());
    }

    private void checkToken(RoutingContext context, SessionResponse response) {
        List<String> headers = context.request().headers().getAll(header);
        if (headers.size() > 1) {
            checkToken(context, response, null);
        } else if (headers.size() == 1 && !headers.get(0).isEmpty()) {
            checkToken(context, response, headers.get(0));
        } else {
            // Fails only if the client goes away.
            response.request().peekFormField(field, limits).onSuccess(token -> checkToken(context, response, token));
        }
    }

    private void checkToken(RoutingContext context, SessionResponse response, @Nullable String token) {
        if (response.session().csrf().verify(token)) {
            context.next();
        } else {
            refuse(context, response, Reason.TOKEN);
        }
    }

    private void refuse(RoutingContext context, SessionResponse response, Reason reason) {
        CrossSiteRequestException refusal = new CrossSiteRequestException(reason);
        LOG.debugf("A request %s was refused (%s). %s",
                response.session().id().map(id -> "of session " + id).orElse("without a session"), reason,
                refusal.getMessage());
        response.refuse(refusal);
        refusals.fire(response.session().id(), refusal);
        refusals.answer(context, response, refusal);
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
