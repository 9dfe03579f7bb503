package io.quarkiverse.imsession.runtime.session;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.codec.FieldName;
import io.quarkiverse.imsession.runtime.config.ImSessionConfig.Renewal;
import io.quarkiverse.imsession.runtime.session.CommitAction.Create;
import io.quarkiverse.imsession.runtime.session.CommitAction.Destroy;
import io.quarkiverse.imsession.runtime.session.CommitAction.Refuse;
import io.quarkiverse.imsession.runtime.session.CommitAction.Replace;
import io.quarkiverse.imsession.runtime.session.CommitAction.Update;
import io.quarkiverse.imsession.spi.Expected;
import io.quarkiverse.imsession.spi.Expiry;
import io.quarkiverse.imsession.spi.NewSession;
import io.quarkiverse.imsession.spi.SessionToken;
import io.quarkiverse.imsession.spi.SessionUpdate;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.spi.TokenChange;
import io.quarkiverse.imsession.spi.TokenState;

/**
 * Decides which change to store: a pure function of the loaded session, the requested changes, the status of the response and
 * the policy.
 */
final class CommitPlan {

    private static final int SERVER_ERROR = 500;
    /** What changes if a session gets a user whom it does not keep, see {@link RequestSession#own}. */
    private static final Set<String> OF_OWNER = Set.of(Attributes.OWNER, Attributes.AUTHENTICATED);

    private CommitPlan() {
    }

    /**
     * The change to store, or null if there is none.
     *
     * @param renew makes the next token of a session; called only if it is needed; null if the client cannot get a token
     * @param client returns the attributes of a client that gets a token; called only if they are needed
     */
    static @Nullable CommitAction of(SessionState state, int status, SessionPolicy policy,
            @Nullable UnaryOperator<SessionToken> renew, Supplier<Map<String, String>> client) {
        if (discards(status, policy)) {
            return null;
        }
        LoadedSession loaded = state.loaded();
        SessionData data = state.data();
        if (isRefused(state)) {
            return new Refuse();
        }
        if (data == null) {
            return loaded == null ? null : destroy(loaded);
        }
        if (state.madeToken() != null) {
            Map<String, String> attributes = present(state.attributes());
            if (Login.isLeftBehind(state)) {
                attributes = without(attributes, leftBehind(attributes));
            }
            Create create = new Create(state.madeToken(), new NewSession(state.madeToken().hash(), data,
                    union(client.get(), attributes), policy.expiry(state.ownTimeout())));
            return loaded == null ? create : new Replace(destroy(loaded), create);
        }
        return loaded == null ? null : update(loaded, data, state, policy, renew, client);
    }

    /** Whether the changes of a request are not stored, as its response tells of an error of the server. */
    static boolean discards(int status, SessionPolicy policy) {
        return status >= SERVER_ERROR && !policy.commitOnServerError();
    }

    /**
     * Whether nothing changes but the owner, see {@link RequestSession#own}, and the offer to bind a device that a new token
     * brings.
     */
    private static boolean isOfOwner(Set<String> attributes) {
        return attributes.size() <= OF_OWNER.size() + 1 && attributes.containsAll(OF_OWNER)
                && (attributes.size() == OF_OWNER.size() || attributes.contains(Attributes.DEVICE));
    }

    private static boolean isRefused(SessionState state) {
        return switch (state.standing()) {
            case SURE -> false;
            case REPLACED -> state.asked();
            case AMBIGUOUS, ELSEWHERE -> state.asked() && !isLogIn(state);
        };
    }

    /** Applications without Quarkus Security log users in by data and {@code renew()}. */
    private static boolean isLogIn(SessionState state) {
        return Login.of(state) != null
                || state.data() != null && state.attributes().containsKey(Attributes.AUTHENTICATED);
    }

    private static Destroy destroy(LoadedSession loaded) {
        return new Destroy(loaded.token().id(), loaded.presented(), loaded.principal());
    }

    private static @Nullable CommitAction update(LoadedSession loaded, SessionData data, SessionState state,
            SessionPolicy policy, @Nullable UnaryOperator<SessionToken> renew, Supplier<Map<String, String>> client) {
        StoredSession stored = loaded.stored();
        SessionData before = stored.data();
        boolean changed = !data.equals(before);
        boolean explicit = state.renewedToken() != null;
        Map<String, String> attributes = changedAttributes(stored.attributes(), state.attributes());
        boolean requested = changed || !SessionFlash.isOnlyRead(attributes) || explicit || state.touch()
                || state.ownTimeout() != null;
        // Parallel requests of its user renew the token for the same reason, and one of them suffices.
        boolean owned = explicit && !changed && !state.touch() && state.ownTimeout() == null
                && isOfOwner(attributes.keySet());
        boolean rotate = !explicit && renew != null
                && (loaded.check() == TokenState.Check.SUCCESSOR_LOST || isRotationDue(loaded, policy));
        boolean extend = requested || !attributes.isEmpty() || rotate || isExtensionDue(loaded, policy)
                || isTouchDue(loaded, policy);
        boolean settle = loaded.check() == TokenState.Check.CURRENT && stored.token().settlesAt(stored.now());
        if (!extend && !settle) {
            return null;
        }
        SessionToken next = rotate ? renew.apply(loaded.token()) : state.renewedToken();
        Map<String, String> set = changed ? FieldChanges.set(before, data) : Map.of();
        Set<String> removed = changed ? FieldChanges.removed(before, data) : Set.of();
        if (!attributes.isEmpty()) {
            set = union(set, present(attributes));
            removed = union(removed, absent(attributes));
        }
        if (changed && Login.isLeftBehind(state)) {
            removed = union(removed, union(leftBehind(stored.attributes()), leftBehind(attributes)));
            if (!explicit) {
                removed = union(removed, Set.of(Attributes.AUTHENTICATED));
            }
            set = without(set, removed);
        }
        if (next != null) {
            set = union(set, client.get());
        }
        if (rotate) {
            set = union(set, Map.of(Attributes.CSRF, CsrfSecret.of(stored).encode()));
            set = union(set, AuthenticationTime.of(state)
                    .map(time -> Map.of(Attributes.AUTHENTICATED, AuthenticationTime.encode(time))).orElse(Map.of()));
        }
        if (explicit) {
            removed = union(removed, Set.of(Attributes.CSRF));
        }
        SessionUpdate update = new SessionUpdate(stored, loaded.presented(), set, removed,
                tokenChange(next, explicit, loaded, policy),
                extend ? expiry(state.ownTimeout(), state.attribute(Attributes.ACTING), stored, policy) : null,
                policy.maxSize(), expected(state, attributes));
        return new Update(loaded.token(), update, next, requested && !owned);
    }

    /** What goes with a log-in whose user the data does not name any more. */
    private static Set<String> leftBehind(Map<String, String> attributes) {
        Set<String> names = privateNames(attributes);
        names.add(Attributes.LOGIN);
        return names;
    }

    /** @param acting the text of who acts in the session; null if nobody does */
    private static Expiry expiry(@Nullable Duration ownTimeout, @Nullable String acting, StoredSession stored,
            SessionPolicy policy) {
        return Acting.limited(policy.expiry(ownTimeout), acting, stored.createdAt());
    }

    /**
     * The change of a private attribute depends on its present text, which the code that changes it has read. So does an offer
     * to bind the session to a device: the session may have been bound since, and must stay so.
     */
    private static Expected expected(SessionState state, Map<String, String> attributes) {
        Expected fields = state.reads() == null ? Expected.NOTHING : Expected.of(state.reads());
        if (attributes.isEmpty()) {
            return fields;
        }
        Set<String> names = privateNames(attributes);
        if (attributes.containsKey(Attributes.DEVICE)) {
            names.add(Attributes.DEVICE);
        }
        return fields.and(names);
    }

    private static TokenChange tokenChange(@Nullable SessionToken next, boolean explicit, LoadedSession loaded,
            SessionPolicy policy) {
        if (next == null) {
            return TokenChange.KEEP;
        }
        return explicit ? new TokenChange.Renew(next.hash(), policy.revocationGrace())
                : new TokenChange.Rotate(next.hash(), policy.renewalGrace(),
                        policy.renewalAge(policy.lifetime(loaded.stored())));
    }

    /** Whether the token is old enough to be replaced, even if the session was only read. */
    private static boolean isRotationDue(LoadedSession loaded, SessionPolicy policy) {
        return policy.renewal() == Renewal.ROTATE && loaded.check() == TokenState.Check.CURRENT
                && loaded.stored().tokenAge().compareTo(policy.renewalAge(policy.lifetime(loaded.stored()))) >= 0;
    }

    /** Whether little of the lifetime is left, and the use of the session would extend it. */
    private static boolean isExtensionDue(LoadedSession loaded, SessionPolicy policy) {
        Duration remaining = loaded.remaining();
        return policy.renewal() != Renewal.NONE && loaded.check() == TokenState.Check.CURRENT
                && remaining.compareTo(policy.extensionDue(policy.lifetime(loaded.stored()))) < 0
                && gain(loaded, policy).compareTo(remaining) > 0;
    }

    private static boolean isTouchDue(LoadedSession loaded, SessionPolicy policy) {
        Duration interval = policy.touchInterval();
        return interval != null && gain(loaded, policy).minus(loaded.remaining()).compareTo(interval) >= 0;
    }

    /** The lifetime that the session would have if it were touched now. */
    private static Duration gain(LoadedSession loaded, SessionPolicy policy) {
        StoredSession stored = loaded.stored();
        Instant expires = expiry(null, stored.attributes().get(Attributes.ACTING), stored, policy).expiresAt(stored.createdAt(),
                stored.now(), stored.ownTimeout());
        return Duration.between(stored.now(), expires);
    }

    private static Set<String> privateNames(Map<String, String> attributes) {
        Set<String> names = new HashSet<>(attributes.keySet());
        names.removeIf(name -> !FieldName.isPrivate(name));
        return names;
    }

    /** The attributes that differ. An absent attribute equals an empty one. */
    private static Map<String, String> changedAttributes(Map<String, String> before, Map<String, String> wanted) {
        if (wanted.isEmpty()) {
            return wanted;
        }
        Map<String, String> changed = new HashMap<>(wanted);
        changed.entrySet().removeIf(attribute -> attribute.getValue().equals(before.getOrDefault(attribute.getKey(), "")));
        return changed;
    }

    private static Map<String, String> present(Map<String, String> attributes) {
        if (attributes.isEmpty()) {
            return attributes;
        }
        Map<String, String> present = new HashMap<>(attributes);
        present.values().removeIf(String::isEmpty);
        return present;
    }

    private static Set<String> absent(Map<String, String> attributes) {
        Set<String> absent = new HashSet<>(attributes.keySet());
        absent.removeIf(name -> !attributes.get(name).isEmpty());
        return absent;
    }

    private static Map<String, String> union(Map<String, String> texts, Map<String, String> more) {
        if (more.isEmpty()) {
            return texts;
        }
        Map<String, String> union = new HashMap<>(texts);
        union.putAll(more);
        return union;
    }

    private static Map<String, String> without(Map<String, String> texts, Set<String> names) {
        Map<String, String> others = new HashMap<>(texts);
        others.keySet().removeAll(names);
        return others;
    }

    private static Set<String> union(Set<String> names, Set<String> more) {
        Set<String> union = new HashSet<>(names);
        union.addAll(more);
        return union;
    }
}
