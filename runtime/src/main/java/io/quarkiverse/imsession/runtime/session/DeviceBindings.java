package io.quarkiverse.imsession.runtime.session;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import java.util.function.Supplier;

import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;
import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.JournalEntry.Cause;
import io.quarkiverse.imsession.SessionEvent;
import io.quarkiverse.imsession.SessionEvent.ProofRefused;
import io.quarkiverse.imsession.SessionEvent.ProofRefused.Reason;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.runtime.device.DeviceBinding;
import io.quarkiverse.imsession.runtime.device.DeviceKey;
import io.quarkiverse.imsession.runtime.device.DeviceOffer;
import io.quarkiverse.imsession.runtime.device.InvalidProofException;
import io.quarkiverse.imsession.runtime.device.Proof;
import io.quarkiverse.imsession.runtime.log.LimitedLog;
import io.quarkiverse.imsession.runtime.session.SessionMetrics.Refresh;
import io.quarkiverse.imsession.spi.Expected;
import io.quarkiverse.imsession.spi.SessionToken;
import io.quarkiverse.imsession.spi.SessionUpdate;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.spi.TokenChange;
import io.quarkiverse.imsession.spi.UpdateResult;

/**
 * Binds sessions to the devices of their browsers (W3C Device Bound Session Credentials). The binding is an attribute of the
 * session, so it lives where the session lives, and ends with it. What browsers want of it comes without a token: the secret of
 * an offer, or a proof, says more than a token does.
 */
public final class DeviceBindings {

    private static final LimitedLog NOT_IN_FORCE = new LimitedLog(Logger.getLogger("io.quarkiverse.imsession"), Level.WARN);
    private static final Expected SAME_BINDING = new Expected(Set.of(Attributes.DEVICE), false);

    private final GuardedStore store;
    private final TokenCodec tokens;
    private final SessionPolicy policy;
    private final SessionEvents events;
    private final ProofVerifier verifier;
    private final Duration cookieLifetime;
    private final Duration grace;

    /**
     * @param cookieLifetime how long a bound cookie is valid
     * @param grace how long after a binding requests without the bound cookie are accepted
     */
    public DeviceBindings(GuardedStore store, TokenCodec tokens, SessionPolicy policy, SessionEvents events,
            ProofVerifier verifier, Duration cookieLifetime, Duration grace) {
        this.store = store;
        this.tokens = tokens;
        this.policy = policy;
        this.events = events;
        this.verifier = verifier;
        this.cookieLifetime = cookieLifetime;
        this.grace = grace;
    }

    /** The answer to what a browser wants. */
    public sealed interface Reply {

        /** It gets a bound cookie, which is valid for that time. */
        record Bound(SessionId id, String cookie, Duration lifetime) implements Reply {
        }

        /** It has to sign a challenge, and to come again. */
        record Challenged(SessionId id, String challenge) implements Reply {
        }

        /** There is no such session, or it is not bound: the browser forgets it. */
        record Over(SessionId id) implements Reply {
        }

        /** It gets nothing. */
        record Refused() implements Reply {
        }
    }

    /**
     * Who asks.
     *
     * @param token the token that the request carries; null if it carries none, several, or a malformed one
     * @param client the attributes of the client
     */
    public record Sender(@Nullable SessionToken token, Supplier<Map<String, String>> client) {

        /** Whether the request belongs to another session than that one. */
        private boolean hasOtherThan(SessionId id) {
            return token != null && !token.id().equals(id);
        }

        /** Whether the client has the session itself, and not only its id, which is no secret. */
        private boolean has(StoredSession stored) {
            return token != null && stored.token().check(token.hash(), stored.now()).isValid();
        }
    }

    /** Whether a request comes from the device of its session. */
    enum Presence {
        /** The session is bound to no device. */
        UNBOUND,
        /** It has a valid bound cookie. */
        PROVED,
        /** It has a valid bound cookie, and is the first one that has: the binding is not in force yet. */
        PROVED_FIRST,
        /** It has none, and was possibly sent before its browser had one. */
        EARLY,
        /** It has none, so it is not of this session. */
        ABSENT
    }

    /** @param cookies the values of the bound cookies of the request; asked only if the session is bound */
    Presence presence(SessionId id, StoredSession stored, Supplier<Set<String>> cookies) {
        DeviceBinding binding = DeviceBinding.of(stored.attributes().get(Attributes.DEVICE));
        if (binding == null) {
            return Presence.UNBOUND;
        }
        Instant now = stored.now();
        for (String cookie : cookies.get()) {
            if (binding.isCookie(id, cookie, now)) {
                return binding.isInForce() ? Presence.PROVED : Presence.PROVED_FIRST;
            }
        }
        return binding.demandsCookie(now, grace) ? Presence.ABSENT : Presence.EARLY;
    }

    DeviceOffer offer() {
        return DeviceOffer.of(tokens.random(DeviceOffer.SECRET_BYTES));
    }

    /**
     * Lets the binding of a session come into force, as its browser has shown the cookie for the first time. No request waits
     * for that: if it fails, the next one does it.
     */
    void comeIntoForce(SessionId id, StoredSession stored) {
        DeviceBinding binding = Objects.requireNonNull(DeviceBinding.of(stored.attributes().get(Attributes.DEVICE)));
        store.update(id, update(stored, binding.inForce(stored.now()))).whenComplete((done, failure) -> {
            if (failure != null) {
                NOT_IN_FORCE.log("The binding of session %s to its device is not in force yet: %s", id, failure);
            }
        });
    }

    /**
     * Registers the key of a browser.
     *
     * @param jwt the proof, as the browser has sent it; null if it has sent none
     * @param audience whether a text is the URL of the request
     * @return a stage that fails if the store cannot be reached, or too many other proofs are being checked
     */
    public CompletionStage<Reply> register(@Nullable String jwt, Sender sender, Predicate<String> audience) {
        Proof proof = parsed(jwt);
        if (proof == null) {
            return done(refused(null, Reason.PROOF));
        }
        String authorization = proof.authorization();
        DeviceOffer.Accepted accepted = authorization == null ? null : DeviceOffer.accepted(authorization);
        if (accepted == null) {
            return done(refused(null, Reason.OFFER));
        }
        SessionId id = accepted.id();
        DeviceOffer offer = accepted.offer();
        if (sender.hasOtherThan(id)) {
            // The browser has another session meanwhile.
            return done(refused(id, Reason.OFFER));
        }
        Executor caller = Contexts.ofCaller();
        return store.load(id).thenCompose(stored -> {
            if (stored == null || isOver(stored)) {
                return done(refused(id, Reason.OFFER));
            }
            String kept = stored.attributes().get(Attributes.DEVICE);
            if (!offer.isKeptIn(kept) || !DeviceOffer.isFresh(kept, stored.createdAt(), stored.now())) {
                return done(refused(id, stored, sender, Reason.OFFER));
            }
            try {
                Proof.Signed signed = proof.checkRegistration(Proof.equalTo(offer.challenge()), authorization, audience);
                return verifier.verify(id, signed).thenComposeAsync(key -> key == null
                        ? done(refused(id, stored, sender, Reason.PROOF))
                        : bind(id, stored, key), caller);
            } catch (InvalidProofException e) {
                return done(refused(id, stored, sender, Reason.PROOF));
            }
        });
    }

    private static @Nullable Proof parsed(@Nullable String jwt) {
        try {
            return jwt == null ? null : Proof.parse(jwt);
        } catch (InvalidProofException e) {
            return null;
        }
    }

    private CompletionStage<Reply> bind(SessionId id, StoredSession stored, DeviceKey key) {
        DeviceBinding binding = DeviceBinding.of(tokens.random(DeviceBinding.SECRET_BYTES), key.text());
        return store.update(id, update(stored, binding)).thenApply(answered -> {
            if (!(answered instanceof UpdateResult.Updated updated)) {
                return refused(id, Reason.OFFER);
            }
            events.fire(new SessionEvent.DeviceBound(id));
            return bound(id, binding, updated.now());
        });
    }

    /**
     * Gives a browser a new bound cookie, if it proves that it has the key.
     *
     * @param id the session that it names
     * @param jwt the proof, as the browser has sent it; null if it has sent none
     * @param sender who asks; that it carries no token says nothing: browsers leave cookies out if another site has caused the
     *        request
     * @param audience whether a text is the URL of the request
     * @return a stage that fails if the store cannot be reached, or too many other proofs are being checked
     */
    public CompletionStage<Reply> refresh(SessionId id, @Nullable String jwt, Sender sender, Predicate<String> audience) {
        if (sender.hasOtherThan(id)) {
            // A cookie for the session that it names would overwrite that of the session that it has.
            return done(over(id));
        }
        Executor caller = Contexts.ofCaller();
        return store.load(id).thenCompose(stored -> {
            DeviceBinding binding = stored == null || isOver(stored) ? null
                    : DeviceBinding.of(stored.attributes().get(Attributes.DEVICE));
            if (binding == null) {
                return done(over(id));
            }
            if (jwt == null) {
                return done(challenged(id, binding, stored.now()));
            }
            Proof proof = parsed(jwt);
            DeviceKey key = DeviceKey.parse(binding.key());
            if (proof == null || key == null) {
                return done(notRefreshed(id, stored, sender));
            }
            try {
                Proof.Signed signed = proof.checkRefresh(key, text -> binding.isChallenge(id, text, stored.now()), audience);
                return verifier.verify(id, signed).thenComposeAsync(proved -> proved == null
                        ? done(notRefreshed(id, stored, sender))
                        : refresh(id, stored, binding), caller);
            } catch (InvalidProofException e) {
                // A challenge that is used, or too old, is no fault of the browser: it signs another one.
                return done(e.reason() == InvalidProofException.Reason.CHALLENGE ? challenged(id, binding, stored.now())
                        : notRefreshed(id, stored, sender));
            }
        });
    }

    private CompletionStage<Reply> refresh(SessionId id, StoredSession stored, DeviceBinding binding) {
        DeviceBinding after = binding.used(stored.now());
        return store.update(id, update(stored, after)).thenApply(answered -> {
            if (answered instanceof UpdateResult.Updated updated) {
                events.metrics().refreshed(Refresh.REFRESHED);
                return bound(id, after, updated.now());
            }
            // Another request has used the challenge, or the session has ended.
            StoredSession later = answered instanceof UpdateResult.Changed changed ? changed.session() : null;
            DeviceBinding now = later == null ? null : DeviceBinding.of(later.attributes().get(Attributes.DEVICE));
            return now == null ? over(id) : challenged(id, now, later.now());
        });
    }

    private Reply bound(SessionId id, DeviceBinding binding, Instant now) {
        return new Reply.Bound(id, binding.cookie(id, now, cookieLifetime), cookieLifetime);
    }

    private Reply challenged(SessionId id, DeviceBinding binding, Instant now) {
        events.metrics().refreshed(Refresh.CHALLENGED);
        return new Reply.Challenged(id, binding.challenge(id, now));
    }

    private Reply over(SessionId id) {
        events.metrics().refreshed(Refresh.OVER);
        return new Reply.Over(id);
    }

    private Reply notRefreshed(SessionId id, StoredSession stored, Sender sender) {
        events.metrics().refreshed(Refresh.REFUSED);
        return refused(id, stored, sender, Reason.PROOF);
    }

    /** Whoever knows the id of a session can have this refused, so the journal tells only of those who have its token. */
    private Reply refused(SessionId id, StoredSession stored, Sender sender, Reason reason) {
        if (events.journal().isOn() && sender.has(stored)) {
            events.refused(id, stored, Cause.DEVICE, sender.client());
        }
        return refused(id, reason);
    }

    private Reply refused(@Nullable SessionId id, Reason reason) {
        events.fire(new ProofRefused(Optional.ofNullable(id), reason));
        return new Reply.Refused();
    }

    private boolean isOver(StoredSession stored) {
        return stored.isReplaced() || policy.isOver(stored);
    }

    /** Changes the binding if nobody else has changed it. The lifetime of the session stays: its user need not be there. */
    private static SessionUpdate update(StoredSession stored, DeviceBinding binding) {
        return new SessionUpdate(stored, null, Map.of(Attributes.DEVICE, binding.kept()), Set.of(), TokenChange.KEEP, null,
                Long.MAX_VALUE, SAME_BINDING);
    }

    private static CompletionStage<Reply> done(Reply reply) {
        return CompletableFuture.completedStage(reply);
    }
}
