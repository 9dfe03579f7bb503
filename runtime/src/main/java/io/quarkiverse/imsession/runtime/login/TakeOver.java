package io.quarkiverse.imsession.runtime.login;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.runtime.config.ImSessionConfig;
import io.quarkiverse.imsession.runtime.config.SecurityConfig.QuarkusCookies;
import io.quarkiverse.imsession.runtime.http.OldCookies;
import io.quarkiverse.imsession.runtime.session.EndedUsers;
import io.quarkiverse.imsession.runtime.session.GuardedStore;
import io.quarkiverse.imsession.runtime.session.Login;
import io.quarkiverse.imsession.runtime.session.RequestSession;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.security.AuthenticationFailedException;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;

/**
 * Makes a session of a cookie in which a mechanism of Quarkus has kept a log-in, once.
 * <p>
 * Of the requests that bring the same cookie at the same time, on all instances, one makes the session, and the others wait for
 * it. They find its token in the store, encrypted by the cookie. After a while nobody gets it any more, and the cookie opens
 * nothing.
 */
@Singleton
public class TakeOver {

    /** What a request does with the cookie. */
    public enum Begun {
        /** It makes a session of the cookie, and calls {@link #finish} or {@link #fail}. */
        OURS,
        /** Another request has made the session, with which this request goes on now. */
        DONE,
        /** The cookie opens nothing: it has become a session before, or another request takes too long to make one. */
        REFUSED
    }

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.imsession");
    private static final String KEY = TakeOver.class.getName();

    private final QuarkusCookies cookies;
    private final GuardedStore store;
    private final EndedUsers ended;
    /** How long other requests get the token that were sent before the browser had it, or because an answer was lost. */
    private final Duration grace;

    TakeOver(ImSessionConfig config, GuardedStore store, EndedUsers ended) {
        this.cookies = config.security().quarkusCookies();
        this.store = store;
        this.grace = config.renewalGraceInForce();
        this.ended = ended;
    }

    void warn(@Observes StartupEvent started) {
        if (isOn() && !store.hasClaims()) {
            LOG.warn(
                    "The session store has no claims: each instance accepts a cookie of Quarkus once, until it has expired. Let"
                            + " SessionStore.hasClaims() return true, and implement claim, holder and release");
        }
    }

    /** Whether cookies become sessions. */
    public boolean isOn() {
        return cookies == QuarkusCookies.TAKE_OVER;
    }

    /** Whether the mechanism itself keeps the log-in of a request in its cookies, as sessions are not used for that yet. */
    public boolean isLeftToMechanism(RoutingContext context) {
        return cookies == QuarkusCookies.SHARE && !OldCookies.areReplaced(context);
    }

    /** @param cookie the mechanism may still find it to be damaged or expired */
    public Uni<Begun> begin(RoutingContext context, RequestSession session, OldCookie cookie) {
        return Uni.createFrom().deferred(() -> {
            Attempt attempt = new Attempt(context, session, cookie, store);
            return attempt.begin().invoke(begun -> {
                if (begun == Begun.OURS) {
                    context.put(KEY, attempt);
                }
            });
        });
    }

    /**
     * Logs the user of the cookie in to the session of the request, and stores it at once. Does nothing unless {@link #begin}
     * has answered {@link Begun#OURS}.
     *
     * @param credentials see {@link RequestSession#login(Login, Function, Instant)}
     * @param authenticated when the user was authenticated; null if nobody knows
     * @param valid how long the cookie could be used otherwise
     * @return an item when that is done; an {@link AuthenticationFailedException} if the sessions of the user were ended, or if
     *         the cookie has become another session, which has ended
     */
    public Uni<Void> finish(RoutingContext context, Login login, Function<SessionId, String> credentials,
            @Nullable Instant authenticated, Duration valid) {
        Attempt attempt = context.get(KEY);
        if (attempt == null) {
            return Uni.createFrom().voidItem();
        }
        // A caller that ends the sessions of a user notes that before it ends them. So either the second check sees the note, or
        // the caller finds the session and ends it.
        return Uni.createFrom().deferred(() -> notEnded(attempt, login).chain(() -> {
            attempt.session().takeOver(login, credentials, authenticated);
            return attempt.session().commit();
        }).chain(() -> notEnded(attempt, login).onFailure(AuthenticationFailedException.class).call(attempt::destroy))
                .chain(() -> attempt.keep(valid, grace)).invoke(kept -> {
                    if (kept == Begun.REFUSED) {
                        throw new AuthenticationFailedException("The cookie has become a session");
                    }
                }).replaceWithVoid())
                .onItem().call(() -> end(context, true)).onFailure().call(failure -> fail(context, failure));
    }

    private Uni<Void> notEnded(Attempt attempt, Login login) {
        return attempt.ask(() -> ended.hasUser(login)).invoke(over -> {
            if (over) {
                throw new AuthenticationFailedException("The sessions of the user were ended");
            }
        }).replaceWithVoid();
    }

    /**
     * The cookie becomes no session. Does nothing if this request does not make one.
     *
     * @param reason the cookie stays in the browser unless this says that its user cannot be authenticated
     */
    public Uni<Void> fail(RoutingContext context, Throwable reason) {
        return end(context, reason instanceof AuthenticationFailedException);
    }

    /**
     * Lets others go on.
     *
     * @param done whether the browser removes the cookie
     */
    private static Uni<Void> end(RoutingContext context, boolean done) {
        Attempt attempt = context.remove(KEY);
        if (attempt == null) {
            return Uni.createFrom().voidItem();
        }
        if (done) {
            OldCookies.done(context, attempt.cookie().names());
        }
        return attempt.release();
    }
}
