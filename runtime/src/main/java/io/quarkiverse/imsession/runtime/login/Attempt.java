package io.quarkiverse.imsession.runtime.login;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.codec.Base64Url;
import io.quarkiverse.imsession.codec.JsonText;
import io.quarkiverse.imsession.codec.Sha256;
import io.quarkiverse.imsession.runtime.http.OldCookies;
import io.quarkiverse.imsession.runtime.login.TakeOver.Begun;
import io.quarkiverse.imsession.runtime.session.Contexts;
import io.quarkiverse.imsession.runtime.session.GuardedStore;
import io.quarkiverse.imsession.runtime.session.RequestSession;
import io.quarkiverse.imsession.runtime.session.StoreFailures;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;

/**
 * One request that brings an old cookie. The store has a lock while a request makes the session, and then for good what the
 * cookie has become.
 */
final class Attempt {

    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(400);
    private static final String TOKEN = "token";
    private static final String UNTIL = "until";

    private final RoutingContext context;
    private final RequestSession session;
    private final OldCookie cookie;
    private final GuardedStore store;
    private final TokenKeys keys;
    private final String name;
    private final String lock;
    private final String me = UUID.randomUUID().toString();
    private final Executor ofRequest = Contexts.ofCaller();
    private final long begun = System.nanoTime();
    private final long came = System.currentTimeMillis();
    /** Whether the cookie has become a session already, beside which this request keeps its own. */
    private volatile boolean beside;

    Attempt(RoutingContext context, RequestSession session, OldCookie cookie, GuardedStore store) {
        this.context = context;
        this.session = session;
        this.cookie = cookie;
        this.store = store;
        // The name is a hash, too, and everybody who reads the store knows it.
        this.keys = new TokenKeys(List.of("token of " + cookie.text()));
        this.name = "old-cookie "
                + Base64Url.encode(Sha256.hash(cookie.authenticated(), 0, cookie.authenticated().length));
        this.lock = name + " lock";
    }

    RequestSession session() {
        return session;
    }

    OldCookie cookie() {
        return cookie;
    }

    Uni<Begun> begin() {
        return ask(() -> store.holder(name)).chain(made -> made != null ? join(made)
                : ask(() -> store.claim(lock, me, cookie.longest()))
                        .chain(present -> present.equals(me) ? locked() : waitAndBegin(SHORTEST_PAUSE)));
    }

    /** Another request may have made the session between the two questions. */
    private Uni<Begun> locked() {
        return ask(() -> store.holder(name)).chain(made -> made == null ? Uni.createFrom().item(Begun.OURS)
                : release().chain(() -> join(made)));
    }

    /** Reads until the other request has ended: in some stores each claim writes. */
    private Uni<Begun> waitAndBegin(Duration pause) {
        if (System.nanoTime() - begun > 2 * cookie.longest().toNanos()) {
            return Uni.createFrom().item(Begun.REFUSED);
        }
        Duration next = pause.multipliedBy(2);
        return Uni.createFrom().voidItem().onItem().delayIt().by(pause).chain(() -> ask(() -> store.holder(lock)))
                .chain(other -> other == null ? begin()
                        : waitAndBegin(next.compareTo(LONGEST_PAUSE) < 0 ? next : LONGEST_PAUSE));
    }

    /** @param made what the store has of the cookie */
    private Uni<Begun> join(String made) {
        return goOnWith(made).invoke(begun -> {
            if (begun != Begun.OURS) {
                OldCookies.done(context, cookie.names());
            }
        });
    }

    private Uni<Begun> goOnWith(String made) {
        String json = keys.open(made, name);
        Map<?, ?> read = json == null ? null : JsonText.readObject(json);
        boolean forOthers = read != null && read.get(UNTIL) instanceof Number until && came <= until.longValue();
        if (!forOthers || !(read.get(TOKEN) instanceof String token)) {
            return Uni.createFrom().item(Begun.REFUSED);
        }
        return ask(() -> session.goOnWith(token, store)).map(exists -> {
            if (exists && session.login() == null) {
                // The token of the session of this request may reach the browser last.
                beside = true;
                return Begun.OURS;
            }
            return exists ? Begun.DONE : Begun.REFUSED;
        });
    }

    /**
     * Remembers that the cookie has become the session of the request, which is stored. Another request may have been faster,
     * if this one took longer than the lock: then the session ends, and the request goes on with that of the other.
     *
     * @param valid how long the cookie could be used otherwise
     * @param grace how long other requests get the token
     */
    Uni<Begun> keep(Duration valid, Duration grace) {
        String token = session.tokenToTell();
        if (beside) {
            session.othersHaveToken();
            return Uni.createFrom().item(Begun.OURS);
        }
        String made = keys.seal(JsonText.writeObject(Map.of(TOKEN, token == null ? "" : token,
                UNTIL, System.currentTimeMillis() + grace.toMillis())), name);
        return ask(() -> store.claim(name, made, valid.compareTo(grace) < 0 ? grace : valid)).chain(present -> {
            if (present.equals(made)) {
                session.othersHaveToken();
                return Uni.createFrom().item(Begun.OURS);
            }
            return destroy().chain(() -> join(present));
        });
    }

    /** Ends the session that the request has made of the cookie. */
    Uni<Void> destroy() {
        session.destroy();
        return session.commit().replaceWithVoid();
    }

    /** Lets others go on. The lock ends by itself if this fails. */
    Uni<Void> release() {
        return ask(() -> store.release(lock, me)).replaceWithVoid().onFailure().recoverWithNull();
    }

    /** Asks the store. The answer comes in the context of the request, and a failure is one to tell the client. */
    <T extends @Nullable Object> Uni<T> ask(Supplier<? extends CompletionStage<T>> call) {
        return Uni.createFrom().<T> completionStage(call).onFailure().transform(StoreFailures::asRefusal)
                .emitOn(ofRequest);
    }
}
