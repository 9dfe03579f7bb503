package io.quarkiverse.imsession.runtime.session;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;
import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.JournalEntry.Cause;
import io.quarkiverse.imsession.SessionEvent.Destroyed;
import io.quarkiverse.imsession.SessionEvent.Rejected;
import io.quarkiverse.imsession.SessionEvent.Rejected.Reason;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.SessionStoreException;
import io.quarkiverse.imsession.runtime.config.ImSessionConfig.OnStoreFailure;
import io.quarkiverse.imsession.runtime.journal.Party;
import io.quarkiverse.imsession.runtime.log.LimitedLog;
import io.quarkiverse.imsession.runtime.session.DeviceBindings.Presence;
import io.quarkiverse.imsession.runtime.session.SessionMetrics.Load;
import io.quarkiverse.imsession.runtime.session.SessionState.Standing;
import io.quarkiverse.imsession.spi.SessionToken;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.spi.TokenState;

/** Finds the session that a request's token names. */
public final class SessionLoader {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.imsession");
    private static final LimitedLog REPLAYED = new LimitedLog(LOG, Level.WARN);
    private static final LimitedLog NOT_ENDED = new LimitedLog(LOG, Level.ERROR);
    private static final LimitedLog NOT_LOADED = new LimitedLog(LOG, Level.ERROR);

    /** The greatest number of tokens of one request that are looked up in the store. */
    private static final int MAX_CANDIDATES = 4;

    private final GuardedStore store;
    private final TokenCodec tokens;
    private final SessionPolicy policy;
    private final SessionEvents events;
    private final @Nullable SessionCommitter committer;
    private final @Nullable DeviceBindings devices;

    /** @param committer stores the changes of the loaded sessions on demand; null if nothing does */
    SessionLoader(GuardedStore store, TokenCodec tokens, SessionPolicy policy, SessionEvents events,
            @Nullable SessionCommitter committer) {
        this(store, tokens, policy, events, committer, null);
    }

    /**
     * @param committer stores the changes of the loaded sessions on demand; null if nothing does
     * @param devices binds sessions to devices; null if none is bound
     */
    public SessionLoader(GuardedStore store, TokenCodec tokens, SessionPolicy policy, SessionEvents events,
            @Nullable SessionCommitter committer, @Nullable DeviceBindings devices) {
        this.store = store;
        this.tokens = tokens;
        this.policy = policy;
        this.events = events;
        this.committer = committer;
        this.devices = devices;
    }

    /** The session of a request without a token. */
    public RequestSession none() {
        events.metrics().loaded(Load.NONE);
        return session(SessionState.NONE, null);
    }

    /** Asks the store for nothing. The stage fails if the store cannot be reached. */
    public CompletionStage<@Nullable StoredSession> reach() {
        return store.load(tokens.generate().id());
    }

    /** An empty, read-only session for a request whose own session could not be loaded. */
    public RequestSession unavailable() {
        return RequestSession.unavailable(tokens, policy);
    }

    /** The id of the session that a token names, which need not exist; null if the token is malformed, or there are several. */
    public @Nullable SessionId idOf(Set<String> texts) {
        SessionToken token = tokenOf(texts);
        return token == null ? null : token.id();
    }

    /** The only token of a request; null if it is malformed, or there are several. */
    public @Nullable SessionToken tokenOf(Set<String> texts) {
        return texts.size() == 1 ? tokens.decode(texts.iterator().next()) : null;
    }

    /**
     * The session of a request with tokens: that of the only valid one. If none is valid, the request has no session. If tokens
     * of several sessions are valid, it has none either: an attacker may have planted one of them, and it is unknown which one
     * is the client's own.
     *
     * @param texts the tokens that the client sent
     * @param bound the values of its bound cookies; asked only for a session that is bound to a device
     * @return a stage that fails with {@link SessionStoreException} if the store cannot be reached and the policy is to fail
     *         then
     */
    public CompletionStage<RequestSession> load(Set<String> texts, Supplier<Set<String>> bound) {
        if (texts.size() == 1) {
            return loadOne(texts.iterator().next(), bound);
        }
        List<SessionToken> presented = texts.stream().map(tokens::decode).filter(Objects::nonNull).toList();
        if (presented.size() == 1) {
            return loadOne(presented.get(0), Long.MAX_VALUE, bound);
        }
        if (presented.isEmpty() || presented.size() > MAX_CANDIDATES) {
            return CompletableFuture.completedStage(presented.isEmpty() ? rejected(null, Reason.MALFORMED) : ambiguous());
        }
        // All commands are sent before the first answer, so they take one round trip.
        List<CompletableFuture<@Nullable StoredSession>> loads = presented.stream()
                .map(token -> store.load(token.id()).toCompletableFuture()).toList();
        return CompletableFuture.allOf(loads.toArray(CompletableFuture[]::new)).handle((all, failure) -> failure == null
                ? onlyOne(presented, loads.stream().map(CompletableFuture::join).toList(), bound)
                : failed(presented.get(0), failure));
    }

    private CompletionStage<RequestSession> loadOne(String text, Supplier<Set<String>> bound) {
        SessionToken token = tokens.decode(text);
        if (token == null) {
            return CompletableFuture.completedStage(rejected(null, Reason.MALFORMED));
        }
        return loadOne(token, tokens.version(text), bound);
    }

    private CompletionStage<RequestSession> loadOne(SessionToken token, long version, Supplier<Set<String>> bound) {
        StoredSession known = store.known(token.id(), version);
        // The token of another client may have been renewed since, so only the store can refuse one.
        if (known != null && !policy.isOver(known) && check(token, known) == TokenState.Check.CURRENT) {
            Presence presence = presence(token, known, bound);
            if (presence != Presence.ABSENT) {
                events.metrics().near(true);
                return CompletableFuture.completedStage(
                        opened(new LoadedSession(token, TokenState.Check.CURRENT, known), presence, version));
            }
        }
        return store.loadAndKeep(token.id())
                .handle((stored, failure) -> failure == null ? found(token, stored, version, bound) : failed(token, failure));
    }

    private RequestSession onlyOne(List<SessionToken> presented, List<@Nullable StoredSession> stored,
            Supplier<Set<String>> bound) {
        List<LoadedSession> known = new ArrayList<>();
        for (int i = 0; i < presented.size(); i++) {
            StoredSession session = stored.get(i);
            if (session != null && !policy.isOver(session)) {
                known.add(new LoadedSession(presented.get(i), check(presented.get(i), session), session));
            }
        }
        // A client may have several tokens of one session. Then the newest one counts, and an old one beside it is no replay.
        boolean valid = known.stream().anyMatch(session -> session.check().isValid());
        List<LoadedSession> counted = known.stream()
                .filter(session -> valid ? session.check().isValid() : session.check() != TokenState.Check.WRONG)
                .sorted(Comparator.comparing(LoadedSession::check)).toList();
        if (counted.isEmpty()) {
            // A secret that a client guesses counts as such, whatever is beside it.
            return known.isEmpty() ? found(presented.get(0), stored.get(0), bound)
                    : found(known.get(0).token(), known.get(0).stored(), bound);
        }
        return counted.stream().map(session -> session.token().id()).distinct().count() == 1
                ? found(counted.get(0).token(), counted.get(0).stored(), bound)
                : ambiguous();
    }

    private RequestSession ambiguous() {
        return rejected(new Rejected(Optional.empty(), Reason.MALFORMED), Standing.AMBIGUOUS);
    }

    private RequestSession found(SessionToken token, @Nullable StoredSession stored, Supplier<Set<String>> bound) {
        return found(token, stored, Long.MAX_VALUE, bound);
    }

    /** @param version the version of the session that the client has seen; it is told a later one */
    private RequestSession found(SessionToken token, @Nullable StoredSession stored, long version,
            Supplier<Set<String>> bound) {
        if (stored == null) {
            return rejected(token.id(), Reason.UNKNOWN);
        }
        if (policy.isOver(stored)) {
            return rejected(token.id(), Reason.EXPIRED);
        }
        TokenState.Check check = check(token, stored);
        return switch (check) {
            case CURRENT, IN_GRACE, SUCCESSOR_LOST -> {
                Presence presence = presence(token, stored, bound);
                LoadedSession loaded = new LoadedSession(token, check, stored);
                yield presence == Presence.ABSENT ? elsewhere(loaded) : opened(loaded, presence, version);
            }
            case REPLACED -> rejected(new Rejected(Optional.of(token.id()), Reason.SUPERSEDED), Standing.REPLACED);
            case WRONG -> rejected(token.id(), Reason.WRONG_SECRET);
            case REPLAYED -> replayed(new LoadedSession(token, check, stored), presence(token, stored, bound));
        };
    }

    /** @param version the version of the session that the client has seen; it is told a later one */
    private RequestSession opened(LoadedSession loaded, Presence presence, long version) {
        events.metrics().loaded(Load.FOUND);
        SessionId id = loaded.token().id();
        boolean isProved = presence == Presence.PROVED || presence == Presence.PROVED_FIRST;
        RequestSession session = session(SessionState.of(loaded), isProved ? id : null);
        if (presence == Presence.PROVED_FIRST) {
            devices.comeIntoForce(id, loaded.stored());
        }
        if (version < loaded.stored().version()) {
            // It must not see an earlier one on another instance, which was told of the change later.
            session.commits().tellLater(loaded.seen(tokens));
        }
        return session;
    }

    private Presence presence(SessionToken token, StoredSession stored, Supplier<Set<String>> bound) {
        return devices == null ? Presence.UNBOUND : devices.presence(token.id(), stored, bound);
    }

    private static TokenState.Check check(SessionToken token, StoredSession stored) {
        return stored.token().check(token.hash(), stored.now());
    }

    private RequestSession elsewhere(LoadedSession session) {
        return refused(session, new Rejected(Optional.of(session.token().id()), Reason.DEVICE), Standing.ELSEWHERE);
    }

    private RequestSession replayed(LoadedSession session, Presence presence) {
        SessionId id = session.token().id();
        REPLAYED.log("A superseded token of session %s came back: somebody may have a copy of it", id);
        // Elsewhere the copy is of no use, and must not log the user out either.
        if (policy.destroyOnReplay() && presence != Presence.ABSENT) {
            store.destroy(id).whenComplete((ended, failure) -> {
                if (failure != null) {
                    NOT_ENDED.log("Session %s could not be ended after a replay: %s", id, failure);
                } else if (ended) {
                    events.fire(new Destroyed(id, Destroyed.Cause.REPLAY, session.principal()));
                    events.journal().ended(id, session.stored().data(), Party.of(Cause.REPLAY));
                }
            });
        }
        return refused(session, new Rejected(Optional.of(id), Reason.REPLAYED), Standing.SURE);
    }

    private RequestSession refused(LoadedSession session, Rejected rejected, Standing standing) {
        RequestSession none = rejected(rejected, standing);
        return events.journal().isOn() ? none.withTurnedAway(session) : none;
    }

    /**
     * Has the journal tell that a client was refused that has a token of a session, or had one.
     *
     * @param session a session that {@link RequestSession#isTurnedAway()}
     * @param client the attributes of the client
     */
    public void tellTurnedAway(RequestSession session, Supplier<Map<String, String>> client) {
        LoadedSession refused = Objects.requireNonNull(session.turnedAway());
        events.refused(refused.token().id(), refused.stored(),
                refused.check() == TokenState.Check.REPLAYED ? Cause.REPLAY : Cause.DEVICE, client);
    }

    private RequestSession rejected(@Nullable SessionId id, Reason reason) {
        return rejected(new Rejected(Optional.ofNullable(id), reason), Standing.SURE);
    }

    private RequestSession rejected(Rejected rejected, Standing standing) {
        LOG.debugf("%s", rejected);
        events.metrics().loaded(Load.REJECTED);
        events.fire(rejected);
        return session(SessionState.none(standing), null).withoutPresented(rejected.id());
    }

    private RequestSession failed(SessionToken token, Throwable failure) {
        events.metrics().loaded(Load.FAILED);
        NOT_LOADED.log("Session %s could not be loaded: %s", token.id(), failure);
        if (policy.onStoreFailure() == OnStoreFailure.ANONYMOUS) {
            return unavailable();
        }
        throw StoreFailures.asStoreException(failure);
    }

    /** @param proved the session to whose device the request belongs; null if it has proved nothing */
    private RequestSession session(SessionState state, @Nullable SessionId proved) {
        return new RequestSession(state, tokens, policy, committer,
                devices == null ? null : new RequestDevice(devices, proved));
    }
}
