package io.quarkiverse.imsession.runtime.oidc;

import java.time.Duration;
import java.time.Instant;

import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.jwt.JsonWebToken;

import io.quarkiverse.imsession.runtime.session.CurrentSession;
import io.quarkiverse.imsession.runtime.session.RequestSession;
import io.quarkus.oidc.OidcSession;
import io.quarkus.oidc.runtime.OidcSessionImpl;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;

/** The log-in of OIDC for the application. Its log-out ends the session. */
@Singleton
@Alternative
@Priority(1)
public class SessionOidcSession implements OidcSession {

    private final OidcSessionImpl delegate;
    private final CurrentVertxRequest request;

    SessionOidcSession(OidcSessionImpl delegate, CurrentVertxRequest request) {
        this.delegate = delegate;
        this.request = request;
    }

    @Override
    public String getTenantId() {
        return delegate.getTenantId();
    }

    @Override
    public Instant expiresAt() {
        return delegate.expiresAt();
    }

    @Override
    public Duration validFor() {
        return delegate.validFor();
    }

    /** Quarkus deletes no tokens if the identity of the request was not asked for yet, so the session is ended here too. */
    @Override
    public Uni<Void> logout() {
        RoutingContext context = request.getCurrent();
        context.put(SessionTokenStateManager.LOGGED_OUT, true);
        return delegate.logout().invoke(() -> {
            RequestSession session = CurrentSession.of(context);
            if (session != null) {
                session.destroy();
            }
        });
    }

    @Override
    public JsonWebToken getIdToken() {
        return delegate.getIdToken();
    }
}
