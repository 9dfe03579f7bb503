package io.quarkiverse.imsession.runtime.oidc;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.runtime.oidc.TokenSet.Tokens;
import io.quarkiverse.imsession.runtime.session.Contexts;
import io.quarkiverse.imsession.runtime.session.Login;
import io.quarkus.oidc.AuthorizationCodeTokens;
import io.quarkus.oidc.OidcTenantConfig;
import io.quarkus.oidc.runtime.OidcUtils;
import io.quarkus.oidc.runtime.TenantConfigContext;
import io.quarkus.security.AuthenticationFailedException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/** Refreshes the tokens of a session at the provider. */
final class TokenRefresh {

    private static final String FOR_GOOD = "invalid_grant";

    private final Refresher refresher;
    private final RefreshEvents events;
    private final TokenSets sets;

    TokenRefresh(Refresher refresher, RefreshEvents events, TokenSets sets) {
        this.refresher = refresher;
        this.events = events;
        this.sets = sets;
    }

    /** The set after a refresh, or the present one if that is not possible now; null if the log-in has ended. */
    Uni<@Nullable TokenSet> of(RoutingContext context, OidcTenantConfig config, SessionId id, TokenSet set) {
        if (refresher.isPausing(set)) {
            return Uni.createFrom().item(set);
        }
        TenantConfigContext tenant = context.get(TenantConfigContext.class.getName());
        Runnable told = events.begunBy(context);
        Refresher.Call call = present -> call(tenant, config, id, present).invoke(told)
                .subscribeAsCompletionStage();
        // Another request may let this one go on.
        return Uni.createFrom().completionStage(() -> refresher.refresh(id, Login.credentials(IdTokens.by(config)), set, call))
                .onFailure().recoverWithItem(set).emitOn(Contexts.ofCaller());
    }

    /** Gets new tokens, and makes sure that they are those of the same user. */
    private Uni<TokenSet> call(TenantConfigContext tenant, OidcTenantConfig config, SessionId id, TokenSet set) {
        Tokens tokens = sets.open(config, set, id);
        if (tokens == null || tokens.refresh() == null) {
            return Uni.createFrom().failure(new IllegalStateException("There is no refresh token"));
        }
        return tenant.provider().refreshTokens(tokens.refresh()).ifNoItem().after(refresher.callTimeout()).fail()
                .onFailure(failure -> failure.getMessage() != null && failure.getMessage().contains(FOR_GOOD))
                .transform(Refresher.DeadException::new)
                .chain(answer -> verified(tenant, config, tokens, answer))
                .map(answer -> sets.next(config, answer, IdTokens.claims(tenant, config, answer.getIdToken()), set, id))
                .invoke(refreshed -> sets.text(config, refreshed));
    }

    /** The answer of the provider, with the present tokens for those that it has not renewed. */
    private static Uni<AuthorizationCodeTokens> verified(TenantConfigContext tenant, OidcTenantConfig config, Tokens before,
            AuthorizationCodeTokens answer) {
        if (answer.getAccessToken() == null) {
            throw new IllegalStateException("The provider has answered without an access token");
        }
        if (answer.getRefreshToken() == null) {
            answer.setRefreshToken(before.refresh());
        }
        if (InternalIdToken.is(before.id())) {
            return withInternal(tenant, before, answer);
        }
        if (answer.getIdToken() == null) {
            if (!OidcUtils.isJwtTokenExpired(before.id())) {
                answer.setIdToken(before.id());
                return Uni.createFrom().item(answer);
            }
            if (config.authentication().idTokenRequired().orElse(true)) {
                throw new AuthenticationFailedException("The provider does not renew ID tokens");
            }
            return withInternal(tenant, before, answer);
        }
        String id = IdTokens.decrypted(tenant, config, answer.getIdToken());
        return OidcTokenVerifier.verify(tenant, id).map(claims -> {
            JsonObject present = IdTokens.claims(tenant, config, before.id());
            if (!Objects.equals(present.getValue("sub"), claims.getValue("sub"))
                    || !Objects.equals(present.getValue("iss"), claims.getValue("iss"))) {
                throw new AuthenticationFailedException("The provider has answered with tokens of another user");
            }
            return answer;
        });
    }

    private static Uni<AuthorizationCodeTokens> withInternal(TenantConfigContext tenant, Tokens before,
            AuthorizationCodeTokens answer) {
        return InternalIdToken.renewed(tenant, before.id(), answer.getAccessTokenExpiresIn()).map(id -> {
            answer.setIdToken(id);
            return answer;
        });
    }
}
