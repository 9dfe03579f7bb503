package io.quarkiverse.imsession.runtime.oidc;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;

import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;
import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.runtime.config.ImSessionConfig;
import io.quarkiverse.imsession.runtime.http.OldCookies;
import io.quarkiverse.imsession.runtime.log.LimitedLog;
import io.quarkiverse.imsession.runtime.login.FreshLogin;
import io.quarkiverse.imsession.runtime.login.IdentityKeeper;
import io.quarkiverse.imsession.runtime.login.OldCookie;
import io.quarkiverse.imsession.runtime.login.TakeOver;
import io.quarkiverse.imsession.runtime.oidc.TokenSet.Tokens;
import io.quarkiverse.imsession.runtime.session.CurrentSession;
import io.quarkiverse.imsession.runtime.session.GuardedStore;
import io.quarkiverse.imsession.runtime.session.Login;
import io.quarkiverse.imsession.runtime.session.RequestSession;
import io.quarkus.oidc.AuthorizationCodeTokens;
import io.quarkus.oidc.OidcRequestContext;
import io.quarkus.oidc.OidcTenantConfig;
import io.quarkus.oidc.runtime.DefaultTokenStateManager;
import io.quarkus.oidc.runtime.OidcUtils;
import io.quarkus.oidc.runtime.TenantConfigContext;
import io.quarkus.security.AuthenticationCompletionException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/**
 * Keeps the tokens of OIDC in the session. The state in the cookie that the mechanism sees is the id of the session.
 * <p>
 * The mechanism encrypts tokens for other managers than the default one, by a key that each instance makes for itself. So this
 * is a default one.
 */
@Singleton
@Alternative
@Priority(1)
public class SessionTokenStateManager extends DefaultTokenStateManager {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.imsession");
    private static final LimitedLog NO_SESSION = new LimitedLog(LOG, Level.ERROR);
    /** Set by the mechanism if a user logs in. */
    private static final String LOG_IN = "new_authentication";
    /** Keeps the mechanism from refreshing tokens that are still valid; it sets this itself when it has refreshed some. */
    private static final String REFRESHED = "refresh_token_grant_response";
    /** Set if the request has no tokens to delete: they have gone meanwhile, or only other instances can decrypt them. */
    private static final String GONE = SessionTokenStateManager.class.getName() + ".gone";
    /** Longer than it takes to store a session after a log-in. */
    private static final long NEW_MILLIS = 10_000;
    /** Set while the application logs its user out. */
    static final String LOGGED_OUT = SessionTokenStateManager.class.getName() + ".logout";

    private final TokenSets sets;
    private final EndedSessions ended;
    private final OidcTenants tenants;
    private final TokenRefresh refresh;
    private final TakeOver takeOver;
    private final Duration refreshTimeout;

    SessionTokenStateManager(ImSessionConfig config, EndedSessions ended, OidcTenants tenants, GuardedStore store,
            RefreshEvents events, TakeOver takeOver) {
        this.takeOver = takeOver;
        this.refreshTimeout = config.oidc().refreshTimeout();
        this.sets = new TokenSets(config.oidc());
        this.ended = ended;
        this.tenants = tenants;
        this.refresh = new TokenRefresh(new Refresher(store, config.oidc().refreshTimeout(), config.oidc().retryPause(),
                UUID.randomUUID().toString()), events, sets);
    }

    @Override
    public Uni<String> createTokenState(RoutingContext context, OidcTenantConfig config, AuthorizationCodeTokens tokens,
            OidcRequestContext<String> requestContext) {
        if (takeOver.isLeftToMechanism(context)) {
            return super.createTokenState(context, config, tokens, requestContext);
        }
        RequestSession session = CurrentSession.of(context);
        SecurityIdentity identity = IdentityKeeper.of(context);
        if (session == null || identity == null) {
            NO_SESSION.log("A user cannot log in by OIDC on a path without sessions: let quarkus.imsession.include-paths and"
                    + " quarkus.imsession.exclude-paths include quarkus.oidc.authentication.redirect-path");
            return Uni.createFrom().failure(new AuthenticationCompletionException("The path has no sessions"));
        }
        tenants.met(config);
        JsonObject claims = claims(context, config, tokens);
        if (context.get(LOG_IN) == null) {
            return Uni.createFrom().item(refreshed(session, config, tokens, claims));
        }
        Map<String, String> references = IdTokens.references(claims);
        return ended.isEnded(references.get(OidcReferences.SESSION)).map(over -> {
            if (over) {
                throw new AuthenticationFailedException("The provider has ended this session meanwhile");
            }
            return loggedIn(session, config, tokens, claims, references, identity);
        });
    }

    private String loggedIn(RequestSession session, OidcTenantConfig config, AuthorizationCodeTokens tokens, JsonObject claims,
            Map<String, String> references, SecurityIdentity identity) {
        session.login(IdTokens.login(config, claims, references, identity), id -> sets.newText(config, tokens, claims, id),
                IdTokens.authenticated(claims));
        return session.id().map(SessionId::value).orElseThrow();
    }

    /**
     * Keeps the tokens of a refresh by the mechanism itself. It makes one only if tokens expire between their check here and
     * its own.
     */
    private String refreshed(RequestSession session, OidcTenantConfig config, AuthorizationCodeTokens tokens,
            JsonObject claims) {
        SessionId id = session.id().orElseThrow(() -> new AuthenticationFailedException("The session has ended meanwhile"));
        String attribute = Login.credentials(IdTokens.by(config));
        TokenSet before = TokenSet.decode(session.storedAttribute(attribute));
        session.replaceCredentials(attribute, sets.text(config, sets.next(config, tokens, claims, before, id)));
        return id.value();
    }

    @Override
    public Uni<AuthorizationCodeTokens> getTokens(RoutingContext context, OidcTenantConfig config, String state,
            OidcRequestContext<AuthorizationCodeTokens> requestContext) {
        RequestSession session = CurrentSession.of(context);
        if (takeOver.isLeftToMechanism(context)) {
            return shared(context, config, state, requestContext);
        }
        return session != null && session.login() == null && takeOver.isOn()
                ? takenOver(context, config, session, state, requestContext)
                : tokens(context, config, session, state);
    }

    /** The tokens in the cookies of the mechanism, which sessions share with instances that have none. */
    private Uni<AuthorizationCodeTokens> shared(RoutingContext context, OidcTenantConfig config, String state,
            OidcRequestContext<AuthorizationCodeTokens> requestContext) {
        return super.getTokens(context, config, state, requestContext)
                .call(tokens -> notEnded(IdTokens.references(claims(context, config, tokens))));
    }

    /** Refuses cookies of a session that the provider has ended. */
    private Uni<?> notEnded(Map<String, String> references) {
        return ended.isEndedForCookies(references.get(OidcReferences.SESSION)).invoke(over -> {
            if (over) {
                throw new AuthenticationFailedException("The provider has ended this session");
            }
        });
    }

    /** Makes a session of the tokens in the cookies of the mechanism. */
    private Uni<AuthorizationCodeTokens> takenOver(RoutingContext context, OidcTenantConfig config, RequestSession session,
            String state, OidcRequestContext<AuthorizationCodeTokens> requestContext) {
        return Uni.createFrom().deferred(() -> super.getTokens(context, config, state, requestContext))
                .invoke(tokens -> {
                    if (valid(context, config, tokens).isNegative()) {
                        throw new AuthenticationFailedException("The cookie has expired");
                    }
                }).onFailure().invoke(damaged -> OldCookies.done(context, names(config)))
                .call(tokens -> notEnded(IdTokens.references(claims(context, config, tokens))))
                .onFailure(AuthenticationFailedException.class).invoke(over -> OldCookies.done(context, names(config)))
                .chain(tokens -> takeOver.begin(context, session, oldCookie(context, config, state, tokens))
                        .chain(begun -> switch (begun) {
                            case OURS -> {
                                takeOver(context, config, valid(context, config, tokens));
                                yield Uni.createFrom().item(tokens);
                            }
                            case DONE -> tokens(context, config, session, session.id().map(SessionId::value).orElse(""));
                            case REFUSED -> Uni.createFrom()
                                    .failure(new AuthenticationFailedException("The cookie has become a session"));
                        }));
    }

    private OldCookie oldCookie(RoutingContext context, OidcTenantConfig config, String state, AuthorizationCodeTokens tokens) {
        String id = IdTokens.decrypted(context.get(TenantConfigContext.class.getName()), config, tokens.getIdToken());
        return OldTokens.cookie(state, id, names(config), refreshTimeout);
    }

    private static Predicate<String> names(OidcTenantConfig config) {
        String cookie = OidcUtils.getSessionCookieName(config);
        return name -> OidcCookies.isPartOf(cookie, name);
    }

    private static Duration valid(RoutingContext context, OidcTenantConfig config, AuthorizationCodeTokens tokens) {
        return OldTokens.valid(config, claims(context, config, tokens), Instant.now());
    }

    /** Makes the session when the mechanism has verified the tokens, which it may refresh before. */
    private void takeOver(RoutingContext context, OidcTenantConfig config, Duration valid) {
        TenantConfigContext tenant = context.get(TenantConfigContext.class.getName());
        context.put(REFRESHED, true);
        IdentityKeeper.next(context, identity -> identity.call(user -> {
            AuthorizationCodeTokens tokens = context.get(AuthorizationCodeTokens.class.getName());
            JsonObject claims = IdTokens.claims(tenant, config, tokens.getIdToken());
            Map<String, String> references = IdTokens.references(claims);
            Login login = IdTokens.login(config, claims, references, user);
            return notEnded(references).chain(() -> takeOver.finish(context, login,
                    id -> sets.newText(config, OldTokens.withTimeLeft(tokens, claims, Instant.now()), claims, id),
                    IdTokens.authenticated(claims), valid));
        }).onFailure().call(failure -> takeOver.fail(context, failure)));
    }

    private Uni<AuthorizationCodeTokens> tokens(RoutingContext context, OidcTenantConfig config,
            @Nullable RequestSession session, String state) {
        TokenSet set = session == null || !session.id().map(SessionId::value).filter(state::equals).isPresent() ? null
                : TokenSet.decode(session.storedAttribute(Login.credentials(IdTokens.by(config))));
        Tokens tokens = set == null ? null : sets.open(config, set, session.id().orElseThrow());
        if (tokens == null) {
            // Another instance may have a key that this one does not know yet.
            context.put(GONE, true);
            LOG.debugf("Session %s has no tokens that can be read", session == null ? null : session.id().orElse(null));
            return Uni.createFrom().failure(new AuthenticationFailedException("The session has no tokens"));
        }
        tenants.met(config);
        Optional<String> reference = isNew(set) ? session.data().get(OidcReferences.SESSION, String.class) : Optional.empty();
        if (reference.isEmpty()) {
            return tokens(context, config, session, set, tokens);
        }
        // The provider may have ended its session between the check at the log-in and the moment when this one was stored.
        return ended.isEnded(reference.get()).onFailure().recoverWithItem(false).chain(over -> {
            if (over) {
                session.destroy();
                throw new AuthenticationFailedException("The provider has ended this session meanwhile");
            }
            return tokens(context, config, session, set, tokens);
        });
    }

    private static boolean isNew(TokenSet set) {
        return System.currentTimeMillis() - set.loggedIn() < NEW_MILLIS;
    }

    /** The tokens. A refresh that is due goes on beside the request, unless they have expired: then it waits. */
    private Uni<AuthorizationCodeTokens> tokens(RoutingContext context, OidcTenantConfig config, RequestSession session,
            TokenSet set, Tokens tokens) {
        context.put(REFRESHED, true);
        RefreshDue due = RefreshDue.of(config);
        if (!due.isDue(set, System.currentTimeMillis()) || OidcUtils.isJwtTokenExpired(tokens.refresh())) {
            return Uni.createFrom().item(tokens(set, tokens, tokens.refresh()));
        }
        SessionId id = session.id().orElseThrow();
        Uni<@Nullable TokenSet> refreshed = refresh.of(context, config, id, set);
        if (due.isValid(set, System.currentTimeMillis())) {
            refreshed.subscribe().with(latest -> LOG.debugf("The refresh for session %s is over", id));
            return Uni.createFrom().item(tokens(set, tokens, null));
        }
        return refreshed.map(latest -> current(context, config, id, latest, due));
    }

    /** The tokens for the mechanism, without a refresh token if it must not refresh them now. */
    private AuthorizationCodeTokens current(RoutingContext context, OidcTenantConfig config, SessionId id,
            @Nullable TokenSet set, RefreshDue due) {
        Tokens tokens = set == null ? null : sets.open(config, set, id);
        if (tokens == null) {
            context.put(GONE, true);
            throw new AuthenticationFailedException("The log-in has ended meanwhile");
        }
        return tokens(set, tokens, due.isDue(set, System.currentTimeMillis()) ? null : tokens.refresh());
    }

    private static AuthorizationCodeTokens tokens(TokenSet set, Tokens tokens, @Nullable String refresh) {
        // The mechanism counts from now.
        Long expiresIn = set.accessExpires() == null ? null : set.accessExpires() - System.currentTimeMillis() / 1000;
        return new AuthorizationCodeTokens(tokens.id(), tokens.access(), refresh, expiresIn, tokens.scope());
    }

    /**
     * Ends the session if its user logs out. Else the user has to log in again: then only the tokens go, and what the session
     * has of the user stays. A log-in and a refresh in the same request set others.
     */
    @Override
    public Uni<Void> deleteTokens(RoutingContext context, OidcTenantConfig config, String state,
            OidcRequestContext<Void> requestContext) {
        if (takeOver.isLeftToMechanism(context)) {
            return super.deleteTokens(context, config, state, requestContext);
        }
        RequestSession session = CurrentSession.of(context);
        if (session != null && FreshLogin.within(context) == null && context.get(GONE) == null) {
            if (context.get(LOGGED_OUT) != null || isPath(context, config.logout().path().orElse(null))
                    || isPath(context, config.logout().frontchannel().path().orElse(null))) {
                session.destroy();
            } else {
                session.dropCredentials(Login.credentials(IdTokens.by(config)));
            }
        }
        // The mechanism has refused the cookie.
        return takeOver.fail(context, new AuthenticationFailedException());
    }

    private static boolean isPath(RoutingContext context, @Nullable String path) {
        return context.request().path().equals(path);
    }

    private static JsonObject claims(RoutingContext context, OidcTenantConfig config, AuthorizationCodeTokens tokens) {
        return IdTokens.claims(context.get(TenantConfigContext.class.getName()), config, tokens.getIdToken());
    }
}
