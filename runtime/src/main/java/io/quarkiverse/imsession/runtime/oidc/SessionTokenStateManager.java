package io.quarkiverse.imsession.runtime.oidc;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
import io.quarkiverse.imsession.runtime.session.Contexts;
import io.quarkiverse.imsession.runtime.session.CurrentSession;
import io.quarkiverse.imsession.runtime.session.GuardedStore;
import io.quarkiverse.imsession.runtime.session.Login;
import io.quarkiverse.imsession.runtime.session.RequestSession;
import io.quarkus.oidc.AuthorizationCodeTokens;
import io.quarkus.oidc.OidcRequestContext;
import io.quarkus.oidc.OidcTenantConfig;
import io.quarkus.oidc.runtime.DefaultTokenStateManager;
import io.quarkus.oidc.runtime.OidcTenantConfig.TokenStateManager.Strategy;
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
    private static final LimitedLog TOO_LARGE = new LimitedLog(LOG, Level.ERROR);
    private static final LimitedLog NO_SESSION = new LimitedLog(LOG, Level.ERROR);
    /** Set by the mechanism if a user logs in. */
    private static final String LOG_IN = "new_authentication";
    /** Keeps the mechanism from refreshing tokens that are still valid; it sets this itself when it has refreshed some. */
    private static final String REFRESHED = "refresh_token_grant_response";
    /** Set if the request has no tokens to delete: they have gone meanwhile, or only other instances can decrypt them. */
    private static final String GONE = SessionTokenStateManager.class.getName() + ".gone";
    /** Longer than it takes to store a session after a log-in. */
    private static final long NEW_MILLIS = 10_000;
    private static final String FOR_GOOD = "invalid_grant";
    /** Set while the application logs its user out. */
    static final String LOGGED_OUT = SessionTokenStateManager.class.getName() + ".logout";

    private final TenantKeys keys;
    private final long maxSize;
    private final EndedSessions ended;
    private final OidcTenants tenants;
    private final Refresher refresher;
    private final RefreshEvents events;
    private final TakeOver takeOver;
    private final Duration refreshTimeout;

    SessionTokenStateManager(ImSessionConfig config, EndedSessions ended, OidcTenants tenants, GuardedStore store,
            RefreshEvents events, TakeOver takeOver) {
        this.events = events;
        this.takeOver = takeOver;
        this.refreshTimeout = config.oidc().refreshTimeout();
        this.keys = new TenantKeys(config.oidc().encryptionKeys().orElse(List.of()));
        this.maxSize = config.oidc().maxSize().asLongValue();
        this.ended = ended;
        this.tenants = tenants;
        this.refresher = new Refresher(store, config.oidc().refreshTimeout(), config.oidc().retryPause(),
                UUID.randomUUID().toString());
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
        Map<String, String> references = references(claims);
        return ended.isEnded(references.get(OidcReferences.SESSION)).map(over -> {
            if (over) {
                throw new AuthenticationFailedException("The provider has ended this session meanwhile");
            }
            return loggedIn(session, config, tokens, claims, references, identity);
        });
    }

    /** What the session of a log-in is found by. */
    private static Map<String, String> references(JsonObject claims) {
        String issuer = claims.getString("iss");
        String subject = claims.getString("sub");
        String sid = claims.getString("sid");
        Map<String, String> references = new HashMap<>();
        if (issuer != null && subject != null) {
            references.put(OidcReferences.SUBJECT, OidcReferences.of(issuer, subject));
        }
        if (issuer != null && sid != null) {
            references.put(OidcReferences.SESSION, OidcReferences.of(issuer, sid));
        }
        return references;
    }

    private String loggedIn(RequestSession session, OidcTenantConfig config, AuthorizationCodeTokens tokens, JsonObject claims,
            Map<String, String> references, SecurityIdentity identity) {
        session.login(login(config, claims, references, identity), id -> newSet(config, tokens, claims, id),
                authenticated(claims));
        return session.id().map(SessionId::value).orElseThrow();
    }

    private static Login login(OidcTenantConfig config, JsonObject claims, Map<String, String> references,
            SecurityIdentity identity) {
        String by = by(config);
        String subject = references.containsKey(OidcReferences.SUBJECT)
                ? claims.getString("iss") + ' ' + claims.getString("sub")
                : by;
        return Login.of(identity.getPrincipal().getName(), identity.getRoles(), by, subject, references);
    }

    /** When the provider has authenticated the user; null if it does not say, or if that has yet to come: then it is now. */
    private static @Nullable Instant authenticated(JsonObject claims) {
        return claims.getValue("auth_time") instanceof Number time && time.longValue() <= Instant.now().getEpochSecond()
                ? Instant.ofEpochSecond(time.longValue())
                : null;
    }

    /** The attribute of a session with the tokens of a log-in. */
    private String newSet(OidcTenantConfig config, AuthorizationCodeTokens tokens, JsonObject claims, SessionId id) {
        return text(config, set(config, tokens, claims, System.currentTimeMillis(), 0, place(id, by(config))));
    }

    /**
     * Keeps the tokens of a refresh by the mechanism itself. It makes one only if tokens expire between their check here and
     * its own.
     */
    private String refreshed(RequestSession session, OidcTenantConfig config, AuthorizationCodeTokens tokens,
            JsonObject claims) {
        String by = by(config);
        SessionId id = session.id().orElseThrow(() -> new AuthenticationFailedException("The session has ended meanwhile"));
        String attribute = Login.credentials(by);
        TokenSet before = TokenSet.decode(session.storedAttribute(attribute));
        long since = before == null ? System.currentTimeMillis() : before.loggedIn();
        long generation = before == null ? 0 : before.generation() + 1;
        session.replaceCredentials(attribute,
                text(config, set(config, tokens, claims, since, generation, place(id, by))));
        return id.value();
    }

    private TokenSet set(OidcTenantConfig config, AuthorizationCodeTokens tokens, JsonObject claims, long loggedIn,
            long generation, String place) {
        Strategy strategy = config.tokenStateManager().strategy();
        boolean all = strategy == Strategy.KEEP_ALL_TOKENS;
        Long expiresIn = all ? tokens.getAccessTokenExpiresIn() : null;
        return TokenSet.of(OidcUtils.getSessionCookieName(config), loggedIn, System.currentTimeMillis(),
                claims.getLong("exp", 0L),
                expiresIn == null ? null : System.currentTimeMillis() / 1000 + expiresIn, generation,
                new Tokens(tokens.getIdToken(), all ? tokens.getAccessToken() : null,
                        strategy == Strategy.ID_TOKEN ? null : tokens.getRefreshToken(),
                        all ? tokens.getAccessTokenScope() : null),
                keys.of(config), place);
    }

    private String text(OidcTenantConfig config, TokenSet set) {
        String text = set.encode();
        if (text.length() > maxSize) {
            String reason = "The tokens of the tenant " + config.tenantId().orElse("") + " have " + text.length()
                    + " bytes, quarkus.imsession.oidc.max-size is " + maxSize
                    + ": raise it, or set quarkus.oidc.token-state-manager.strategy=id-refresh-tokens";
            TOO_LARGE.log(reason);
            throw new AuthenticationCompletionException(reason);
        }
        return text;
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
                .call(tokens -> notEnded(references(claims(context, config, tokens))));
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
                .call(tokens -> notEnded(references(claims(context, config, tokens))))
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
        String id = decrypted(context.get(TenantConfigContext.class.getName()), config, tokens.getIdToken());
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
            JsonObject claims = claims(tenant, config, tokens.getIdToken());
            Map<String, String> references = references(claims);
            Login login = login(config, claims, references, user);
            return notEnded(references).chain(() -> takeOver.finish(context, login,
                    id -> newSet(config, OldTokens.withTimeLeft(tokens, claims, Instant.now()), claims, id),
                    authenticated(claims), valid));
        }).onFailure().call(failure -> takeOver.fail(context, failure)));
    }

    private Uni<AuthorizationCodeTokens> tokens(RoutingContext context, OidcTenantConfig config,
            @Nullable RequestSession session, String state) {
        String by = by(config);
        TokenSet set = session == null || !session.id().map(SessionId::value).filter(state::equals).isPresent() ? null
                : TokenSet.decode(session.storedAttribute(Login.credentials(by)));
        Tokens tokens = set == null ? null : set.open(keys.of(config), place(session.id().orElseThrow(), by));
        if (tokens == null) {
            // Another instance may have a key that this one does not know yet.
            context.put(GONE, true);
            LOG.debugf("Session %s has no tokens that can be read", session == null ? null : session.id().orElse(null));
            return Uni.createFrom().failure(new AuthenticationFailedException("The session has no tokens"));
        }
        tenants.met(config);
        Optional<String> reference = isNew(set) ? session.data().get(OidcReferences.SESSION, String.class) : Optional.empty();
        if (reference.isEmpty()) {
            return tokens(context, config, session, by, set, tokens);
        }
        // The provider may have ended its session between the check at the log-in and the moment when this one was stored.
        return ended.isEnded(reference.get()).onFailure().recoverWithItem(false).chain(over -> {
            if (over) {
                session.destroy();
                throw new AuthenticationFailedException("The provider has ended this session meanwhile");
            }
            return tokens(context, config, session, by, set, tokens);
        });
    }

    private static boolean isNew(TokenSet set) {
        return System.currentTimeMillis() - set.loggedIn() < NEW_MILLIS;
    }

    /** The tokens. A refresh that is due goes on beside the request, unless they have expired: then it waits. */
    private Uni<AuthorizationCodeTokens> tokens(RoutingContext context, OidcTenantConfig config, RequestSession session,
            String by, TokenSet set, Tokens tokens) {
        context.put(REFRESHED, true);
        RefreshDue due = RefreshDue.of(config);
        if (!due.isDue(set, System.currentTimeMillis()) || OidcUtils.isJwtTokenExpired(tokens.refresh())) {
            return Uni.createFrom().item(tokens(set, tokens, tokens.refresh()));
        }
        SessionId id = session.id().orElseThrow();
        Uni<@Nullable TokenSet> refreshed = refreshed(context, config, id, by, set);
        if (due.isValid(set, System.currentTimeMillis())) {
            refreshed.subscribe().with(latest -> LOG.debugf("The refresh for session %s is over", id));
            return Uni.createFrom().item(tokens(set, tokens, null));
        }
        return refreshed.map(latest -> current(context, config, id, by, latest, due));
    }

    /** The set after a refresh, or the present one if that is not possible now; null if the log-in has ended. */
    private Uni<@Nullable TokenSet> refreshed(RoutingContext context, OidcTenantConfig config, SessionId id, String by,
            TokenSet set) {
        if (refresher.isPausing(set)) {
            return Uni.createFrom().item(set);
        }
        TenantConfigContext tenant = context.get(TenantConfigContext.class.getName());
        Runnable told = events.begunBy(context);
        Refresher.Call call = present -> call(tenant, config, id, by, present).invoke(told)
                .subscribeAsCompletionStage();
        // Another request may let this one go on.
        return Uni.createFrom().completionStage(() -> refresher.refresh(id, Login.credentials(by), set, call))
                .onFailure().recoverWithItem(set).emitOn(Contexts.ofCaller());
    }

    /** The tokens for the mechanism, without a refresh token if it must not refresh them now. */
    private AuthorizationCodeTokens current(RoutingContext context, OidcTenantConfig config, SessionId id, String by,
            @Nullable TokenSet set, RefreshDue due) {
        Tokens tokens = set == null ? null : set.open(keys.of(config), place(id, by));
        if (tokens == null) {
            context.put(GONE, true);
            throw new AuthenticationFailedException("The log-in has ended meanwhile");
        }
        return tokens(set, tokens, due.isDue(set, System.currentTimeMillis()) ? null : tokens.refresh());
    }

    /** Gets new tokens, and makes sure that they are those of the same user. */
    private Uni<TokenSet> call(TenantConfigContext tenant, OidcTenantConfig config, SessionId id, String by, TokenSet set) {
        Tokens tokens = set.open(keys.of(config), place(id, by));
        if (tokens == null || tokens.refresh() == null) {
            return Uni.createFrom().failure(new IllegalStateException("There is no refresh token"));
        }
        return tenant.provider().refreshTokens(tokens.refresh()).ifNoItem().after(refresher.callTimeout()).fail()
                .onFailure(failure -> failure.getMessage() != null && failure.getMessage().contains(FOR_GOOD))
                .transform(Refresher.DeadException::new)
                .chain(answer -> verified(tenant, config, tokens, answer))
                .map(answer -> set(config, answer, claims(tenant, config, answer.getIdToken()), set.loggedIn(),
                        set.generation() + 1, place(id, by)))
                .invoke(refreshed -> text(config, refreshed));
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
        String id = decrypted(tenant, config, answer.getIdToken());
        return OidcTokenVerifier.verify(tenant, id).map(claims -> {
            JsonObject present = claims(tenant, config, before.id());
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
                session.dropCredentials(Login.credentials(by(config)));
            }
        }
        // The mechanism has refused the cookie.
        return takeOver.fail(context, new AuthenticationFailedException());
    }

    private static boolean isPath(RoutingContext context, @Nullable String path) {
        return context.request().path().equals(path);
    }

    private static JsonObject claims(RoutingContext context, OidcTenantConfig config, AuthorizationCodeTokens tokens) {
        return claims(context.get(TenantConfigContext.class.getName()), config, tokens.getIdToken());
    }

    /** The claims of an ID token, which the mechanism has verified. */
    private static JsonObject claims(TenantConfigContext tenant, OidcTenantConfig config, String idToken) {
        JsonObject claims = OidcUtils.decodeJwtContent(decrypted(tenant, config, idToken));
        return claims == null ? new JsonObject() : claims;
    }

    private static String decrypted(TenantConfigContext tenant, OidcTenantConfig config, String idToken) {
        boolean encrypted = config.token().decryptIdToken()
                .orElseGet(() -> config.token().decryptionKeyLocation().isPresent());
        return encrypted ? OidcUtils.decryptToken(tenant, idToken) : idToken;
    }

    private static String by(OidcTenantConfig config) {
        return Login.BY_OIDC + OidcReferences.tenant(config.tenantId().orElse(OidcUtils.DEFAULT_TENANT_ID));
    }

    private static String place(SessionId id, String by) {
        return id.value() + ' ' + by;
    }
}
