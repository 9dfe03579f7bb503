package io.quarkiverse.imsession.runtime.oidc;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import jakarta.inject.Singleton;

import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;
import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.SessionException;
import io.quarkiverse.imsession.runtime.log.LimitedLog;
import io.quarkiverse.imsession.runtime.session.GuardedStore;
import io.quarkus.oidc.OidcTenantConfig;
import io.quarkus.oidc.runtime.TenantConfigContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;

/**
 * The endpoints by which a provider ends sessions: the back channel, a request by the provider itself, and the front channel, a
 * request by the browser in a frame of a page of the provider. Sessions are ended in the store, for all instances, before the
 * answer. Other requests pass.
 */
@Singleton
public class OidcLogouts implements Handler<RoutingContext> {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.imsession");
    private static final LimitedLog REFUSED = new LimitedLog(LOG, Level.DEBUG);
    private static final LimitedLog FAILED = new LimitedLog(LOG, Level.ERROR);

    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int UNAVAILABLE = 503;

    private final OidcTenants tenants;
    private final EndedSessions sessions;
    private final GuardedStore store;
    private volatile @Nullable Paths paths;

    OidcLogouts(OidcTenants tenants, EndedSessions sessions, GuardedStore store) {
        this.tenants = tenants;
        this.sessions = sessions;
        this.store = store;
    }

    /** @param changes the state of {@link OidcTenants#changes()} */
    private record Paths(Map<String, TenantConfigContext> back, Map<String, TenantConfigContext> front, int changes) {
    }

    private Paths paths() {
        Paths known = paths;
        int changes = tenants.changes();
        if (known == null || known.changes != changes) {
            Map<String, TenantConfigContext> back = new HashMap<>();
            Map<String, TenantConfigContext> front = new HashMap<>();
            for (TenantConfigContext tenant : tenants.all()) {
                OidcTenantConfig config = tenant.oidcConfig();
                if (config.tenantEnabled()) {
                    config.logout().backchannel().path().ifPresent(path -> back.put(tenants.path(path), tenant));
                    config.logout().frontchannel().path().ifPresent(path -> front.put(tenants.path(path), tenant));
                }
            }
            known = new Paths(back, front, changes);
            paths = known;
        }
        return known;
    }

    @Override
    public void handle(RoutingContext context) {
        Paths known = paths();
        String path = known.back.isEmpty() && known.front.isEmpty() ? null : context.normalizedPath();
        TenantConfigContext back = path == null ? null : known.back.get(path);
        TenantConfigContext front = path == null ? null : known.front.get(path);
        if (back != null) {
            backChannel(context, back);
        } else if (front != null) {
            frontChannel(context, front);
        } else {
            context.next();
        }
    }

    private void backChannel(RoutingContext context, TenantConfigContext tenant) {
        if (context.request().method() != HttpMethod.POST) {
            context.response().putHeader(HttpHeaders.ALLOW, "POST");
            answer(context, METHOD_NOT_ALLOWED);
            return;
        }
        LogoutBody.read(context.request(), token -> {
            if (token == null) {
                answer(context, BAD_REQUEST);
            } else {
                ready(tenant).chain(ready -> OidcTokenVerifier.verifyLogout(ready, token))
                        .map(claims -> LogoutToken.of(claims, Instant.now())).chain(this::endOnce)
                        .subscribe().with(status -> answer(context, status), failure -> fail(context, failure));
            }
        });
    }

    /** A provider that could not be reached when the application started is asked again. */
    private static Uni<TenantConfigContext> ready(TenantConfigContext tenant) {
        return tenant.ready() ? Uni.createFrom().item(tenant)
                : tenant.initialize().onItemOrFailure().transform((ready, failure) -> {
                    if (failure != null || !ready.ready()) {
                        throw new UnreachableException(failure);
                    }
                    return ready;
                });
    }

    /** The status of the answer to a token, which ends sessions once only. */
    private Uni<Integer> endOnce(LogoutToken token) {
        String name = "oidc-logout " + token.issuer() + ' ' + token.id();
        String holder = UUID.randomUUID().toString();
        return Uni.createFrom().completionStage(() -> store.claim(name, holder, LogoutToken.KNOWN)).chain(present -> {
            if (!present.equals(holder)) {
                REFUSED.log("A logout token was refused: %s", "it was used before");
                return Uni.createFrom().item(BAD_REQUEST);
            }
            // With both claims, one session of the user is meant.
            Uni<Long> ended = token.session() != null ? sessions.end(token.issuer(), token.session())
                    : sessions.endAll(token.issuer(), token.subject());
            return ended.replaceWith(OK).onFailure().call(
                    // The provider may send it again.
                    () -> Uni.createFrom().completionStage(() -> store.release(name, holder)).onFailure().recoverWithNull());
        });
    }

    private void fail(RoutingContext context, Throwable failure) {
        if (failure instanceof SessionException || failure instanceof UnreachableException
                || failure instanceof IllegalStateException) {
            FAILED.log("A provider has ended sessions, which could not be done: %s", failure);
            answer(context, UNAVAILABLE);
        } else {
            REFUSED.log("A logout token was refused: %s", failure);
            answer(context, BAD_REQUEST);
        }
    }

    /**
     * With a session at the provider, ends the sessions with it: browsers send no cookie from the frame of another site. Else
     * the mechanism ends the session of the request, if it has any.
     */
    private void frontChannel(RoutingContext context, TenantConfigContext tenant) {
        List<String> issuers = context.queryParam("iss");
        List<String> sids = context.queryParam("sid");
        if (issuers.size() != 1 || sids.size() != 1) {
            context.next();
            return;
        }
        ready(tenant).chain(ready -> {
            String issuer = ready.oidcConfig().token().issuer().orElseGet(() -> ready.getOidcMetadata().getIssuer());
            return issuers.get(0).equals(issuer) ? sessions.endUnproven(issuer, sids.get(0)).replaceWith(OK)
                    : Uni.createFrom().item(BAD_REQUEST);
        }).subscribe().with(status -> answer(context, status), failure -> fail(context, failure));
    }

    private static void answer(RoutingContext context, int status) {
        context.response().setStatusCode(status).putHeader(HttpHeaders.CACHE_CONTROL, "no-store").end();
    }

    /** A provider could not be reached. */
    private static final class UnreachableException extends RuntimeException {

        private static final long serialVersionUID = 1;

        UnreachableException(@Nullable Throwable cause) {
            super("The provider could not be reached", cause);
        }
    }
}
