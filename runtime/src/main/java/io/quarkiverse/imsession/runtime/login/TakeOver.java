package io.quarkiverse.imsession.runtime.login;

import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.codec.JsonText;
import io.quarkiverse.imsession.codec.Sha256;
import io.quarkiverse.imsession.runtime.config.ImSessionConfig;
import io.quarkiverse.imsession.runtime.config.SecurityConfig.QuarkusCookies;
import io.quarkiverse.imsession.runtime.http.OldCookies;
import io.quarkiverse.imsession.runtime.session.Contexts;
import io.quarkiverse.imsession.runtime.session.EndedUsers;
import io.quarkiverse.imsession.runtime.session.GuardedStore;
import io.quarkiverse.imsession.runtime.session.Login;
import io.quarkiverse.imsession.runtime.session.RequestSession;
import io.quarkiverse.imsession.runtime.session.StoreFailures;
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
        /** It makes the session, and calls {@link #finish} or {@link #fail}. */
        OURS,
        /** Another request has made the session, which is that of this request now. */
        DONE,
        /** The cookie has become a session before. */
        REFUSED
    }

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.imsession");
    /** A request that was stopped in it keeps others waiting no longer. */
    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final String TOKEN = "token";
    private static final String UNTIL = "until";
    private static final String KEY = TakeOver.class.getName();

    private final QuarkusCookies cookies;
    private final GuardedStore store;
    private final EndedUsers ended;
    /** How long other requests get the token that were sent before the browser had it, or because an answer was lost. */
    private final Duration grace;

    TakeOver(ImSessionConfig config, GuardedStore store) {
        this.cookies = config.security().quarkusCookies();
        this.store = store;
        this.grace = config.renewalGraceInForce();
        this.ended = new EndedUsers(store, cookies);
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

    /** @param cookie the value of the cookie, which the mechanism may still find to be damaged or expired */
    public Uni<Begun> begin(RoutingContext context, RequestSession session, String cookie) {
        return Uni.createFrom().deferred(
                () -> new Attempt(context, session, cookie).begin().emitOn(Contexts.ofCaller()));
    }

    /**
     * Logs the user of the cookie in to the session of the request, and stores it at once.
     *
     * @param credentials see {@link RequestSession#login(Login, Function, Instant)}
     * @param authenticated when the user was authenticated; null if nobody knows
     * @param valid how long the cookie could be used otherwise
     * @return an item when that is done; a failure if the sessions of the user were ended
     */
    public Uni<Void> finish(RoutingContext context, Login login, Function<SessionId, String> credentials,
            @Nullable Instant authenticated, Duration valid) {
        Attempt attempt = context.get(KEY);
        if (attempt == null) {
            return Uni.createFrom().voidItem();
        }
        // Who ends the sessions of a user notes that first. So either this is seen at the second time, or the session is ended.
        return Uni.createFrom().deferred(() -> notEnded(login).chain(() -> {
            attempt.session.takeOver(login, credentials, authenticated);
            return attempt.session.commit();
        }).chain(() -> notEnded(login).onFailure(AuthenticationFailedException.class).call(() -> {
            attempt.session.destroy();
            return attempt.session.commit();
        })).chain(() -> attempt.store(valid)).replaceWithVoid().emitOn(Contexts.ofCaller()))
                .onItem().call(() -> end(context, true)).onFailure().call(failure -> fail(context, failure));
    }

    private Uni<Void> notEnded(Login login) {
        return stage(() -> ended.hasUser(login)).invoke(over -> {
            if (over) {
                throw new AuthenticationFailedException("The sessions of the user were ended");
            }
        }).replaceWithVoid().emitOn(Contexts.ofCaller());
    }

    /**
     * The cookie becomes no session. Does nothing if this request does not make one.
     *
     * @param reason the cookie stays in the browser unless this says that its user cannot be authenticated
     */
    public Uni<Void> fail(RoutingContext context, Throwable reason) {
        return context.get(KEY) == null ? Uni.createFrom().voidItem()
                : end(context, reason instanceof AuthenticationFailedException);
    }

    /** Lets others go on. */
    private Uni<Void> end(RoutingContext context, boolean done) {
        Attempt attempt = context.remove(KEY);
        if (done) {
            OldCookies.done(context);
        }
        // The lock ends by itself if this fails.
        return attempt == null ? Uni.createFrom().voidItem()
                : stage(attempt::release).replaceWithVoid().onFailure().recoverWithNull().emitOn(Contexts.ofCaller());
    }

    /** Whether sessions of a value that is used for no later log-in were ended, such as that of a session at a provider. */
    public Uni<Boolean> isEnded(String field, String value) {
        return Uni.createFrom().deferred(() -> stage(() -> ended.has(field, value)).emitOn(Contexts.ofCaller()));
    }

    private static <T extends @Nullable Object> Uni<T> stage(Supplier<? extends CompletionStage<T>> call) {
        return Uni.createFrom().<T> completionStage(call).onFailure().transform(StoreFailures::asRefusal);
    }

    /** One request that brings the cookie. */
    private final class Attempt {

        private final RoutingContext context;
        private final RequestSession session;
        private final String cookie;
        private final String name;
        private final String lock;
        private final String me = UUID.randomUUID().toString();
        private final long begun = System.nanoTime();
        private final long came = System.currentTimeMillis();

        Attempt(RoutingContext context, RequestSession session, String cookie) {
            this.context = context;
            this.session = session;
            this.cookie = cookie;
            this.name = "old-cookie " + Base64.getUrlEncoder().withoutPadding().encodeToString(Sha256.hash(cookie));
            this.lock = name + " lock";
        }

        Uni<Begun> begin() {
            return stage(() -> store.holder(name)).chain(made -> made != null ? join(made)
                    : stage(() -> store.claim(lock, me, LONGEST))
                            .chain(present -> present.equals(me) ? locked() : waitAndBegin()));
        }

        /** Another request may have made the session between the two questions. */
        private Uni<Begun> locked() {
            return stage(() -> store.holder(name)).chain(made -> {
                if (made != null) {
                    return stage(this::release).chain(() -> join(made));
                }
                context.put(KEY, this);
                return Uni.createFrom().item(Begun.OURS);
            });
        }

        private Uni<Begun> waitAndBegin() {
            if (System.nanoTime() - begun > 2 * LONGEST.toNanos()) {
                return Uni.createFrom().item(Begun.REFUSED);
            }
            return Uni.createFrom().voidItem().onItem().delayIt().by(PAUSE).chain(this::begin);
        }

        private Uni<Begun> join(String made) {
            String json = new TokenKeys(List.of(cookie)).open(made, name);
            Map<?, ?> read = json == null ? null : JsonText.readObject(json);
            boolean forOthers = read != null && read.get(UNTIL) instanceof Number until && came <= until.longValue();
            Uni<Boolean> joined = forOthers && read.get(TOKEN) instanceof String token
                    ? stage(() -> session.goOnWith(token, store))
                    : Uni.createFrom().item(false);
            return joined.emitOn(Contexts.ofCaller()).map(exists -> {
                if (exists && session.login() == null) {
                    // This request has a session of its own, whose token may reach the browser last.
                    context.put(KEY, this);
                    return Begun.OURS;
                }
                OldCookies.done(context);
                return exists ? Begun.DONE : Begun.REFUSED;
            });
        }

        /** Remembers what the cookie has become. */
        Uni<String> store(Duration valid) {
            String token = session.tokenForOthers();
            String made = new TokenKeys(List.of(cookie)).seal(JsonText.writeObject(Map.of(TOKEN, token == null ? "" : token,
                    UNTIL, System.currentTimeMillis() + grace.toMillis())), name);
            return stage(() -> store.claim(name, made, valid.compareTo(grace) < 0 ? grace : valid));
        }

        CompletionStage<Boolean> release() {
            return store.release(lock, me);
        }
    }
}
