package io.quarkiverse.imsession.runtime.schedules;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.Function;

import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.jetbrains.lincheck.datastructures.Validate;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.SessionConflictException;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.runtime.schedules.ObservedStore.Accepted;
import io.quarkiverse.imsession.runtime.session.CommitResult;
import io.quarkiverse.imsession.runtime.session.RequestAccess;
import io.quarkiverse.imsession.runtime.store.MemoryAccess;
import io.quarkiverse.imsession.spi.NewSession;
import io.quarkiverse.imsession.spi.SessionStore;
import io.quarkiverse.imsession.spi.SessionToken;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.spi.TokenChange;
import io.quarkiverse.imsession.spi.TokenHash;
import io.quarkiverse.imsession.spi.UpdateResult.PresentedToken;
import io.quarkiverse.imsession.test.MovableClock;

/**
 * Parallel requests of one browser: each sends the newest token that the browser has got by then. A timed renewal is due at the
 * beginning. After any schedule nothing of what was acknowledged may be lost, and nothing that was ended may be alive.
 */
@Param(name = "thread", gen = ThreadIdGen.class)
public class RequestSchedules {

    /** From which on a token is replaced, with the policy of the requests. */
    private static final Duration AGE = RequestAccess.TIMEOUT.multipliedBy(3).dividedBy(4);
    private static final SessionToken FIRST = SessionToken.generate(new SecureRandom());

    private final ObservedStore store;
    private final RequestAccess requests;
    private final Queue<SessionToken> told = new ConcurrentLinkedQueue<>();
    private final Map<String, Integer> acknowledged = new ConcurrentHashMap<>();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private volatile SessionToken cookie = FIRST;

    public RequestSchedules() {
        this(clock -> MemoryAccess.store(1000, clock));
    }

    RequestSchedules(Function<Clock, SessionStore> stores) {
        MovableClock clock = new MovableClock(StoreSchedules.CLOCK);
        this.store = new ObservedStore(stores.apply(clock));
        this.requests = new RequestAccess(this.store);
        StoreSchedules.done(store.create(FIRST.id(), new NewSession(FIRST.hash(), SessionData.empty(), StoreSchedules.LATER)));
        clock.move(AGE);
    }

    @Operation
    public void read() {
        request(cookie, session -> {
        });
    }

    @Operation
    public void change(@Param(name = "thread") int thread) {
        String field = "t" + thread;
        int value = acknowledged.getOrDefault(field, 0) + 1;
        SessionToken token = cookie;
        boolean[] changed = new boolean[1];
        Answer answer = request(token, session -> {
            if (session.exists()) {
                changed[0] = true;
                session.update(data -> data.with(field, value));
            }
        });
        if (changed[0] && !answer.refused() && token.id().equals(FIRST.id())) {
            acknowledged.put(field, value);
        }
    }

    @Operation
    public void renew() {
        SessionToken before = cookie;
        Answer answer = request(before, ImSession::renew);
        if (answer.result() instanceof CommitResult.Send && requests.finds(before)) {
            wrong.add("the token from before an explicit renewal is alive");
        }
    }

    @Operation
    public void destroy() {
        SessionToken before = cookie;
        Answer answer = request(before, ImSession::destroy);
        if (answer.result() instanceof CommitResult.Remove && requests.finds(before)) {
            wrong.add("a destroyed session is alive");
        }
    }

    @Operation
    public void logInAnew() {
        SessionToken before = cookie;
        request(before, session -> {
            session.destroy();
            session.set(SessionData.of("user_id", 1));
        });
        if (requests.finds(before)) {
            wrong.add("a replaced session is alive");
        }
    }

    /** What a client was told: that its request was refused, or what became of its token. */
    private record Answer(boolean refused, CommitResult result) {
    }

    private Answer request(SessionToken token, Consumer<ImSession> application) {
        CommitResult result;
        try {
            result = requests.request(token, application);
        } catch (CompletionException e) {
            expect(e.getCause() instanceof SessionConflictException, "failed with " + e.getCause());
            return new Answer(true, null);
        }
        SessionToken sent = RequestAccess.sent(result);
        if (sent != null) {
            if (!sent.equals(token)) {
                told.add(sent);
            }
            cookie = sent;
        }
        return new Answer(false, result);
    }

    @Validate
    public void check() {
        expect(wrong.isEmpty(), wrong.toString());
        StoredSession stored = StoreSchedules.done(store.load(FIRST.id()));
        if (store.ended().contains(FIRST.id())) {
            expect(stored == null || stored.isReplaced(), "a session that was ended is alive");
            return;
        }
        expect(stored != null, "a session that nobody has ended is gone");
        List<Accepted> accepted = store.accepted(FIRST.id());
        expect(stored.version() == 1 + accepted.size(), "version " + stored.version() + " after updates: " + accepted.size());
        acknowledged.forEach((field, value) -> expect(stored.data().get(field, Integer.class).equals(Optional.of(value)),
                field + " is not the acknowledged " + value + " in " + stored.data().toJson()));
        checkTokens(stored, accepted);
    }

    private void checkTokens(StoredSession stored, List<Accepted> accepted) {
        List<TokenHash> renewed = accepted.stream().map(RequestSchedules::replacement).filter(Objects::nonNull).toList();
        expect(renewed.isEmpty() ? stored.token().current().equals(FIRST.hash()) : renewed.contains(stored.token().current()),
                "the token is none that was made");
        List<TokenHash> sent = told.stream().map(SessionToken::hash).toList();
        expect(sent.containsAll(renewed), "a client was not told its new token");
        long timed = accepted.stream().filter(one -> replacement(one) != null
                && one.update().tokenChange() instanceof TokenChange.Rotate).count();
        expect(timed <= 1, "winners of the timed renewal: " + timed);
        expect(!renewed.isEmpty() || accepted.isEmpty(), "nobody has won the timed renewal");
    }

    /** The hash of the token that an update has introduced, or null. */
    private static TokenHash replacement(Accepted accepted) {
        if (accepted.result().token() != PresentedToken.REPLACED) {
            return null;
        }
        return accepted.update().tokenChange() instanceof TokenChange.Renew renew ? renew.next()
                : ((TokenChange.Rotate) accepted.update().tokenChange()).next();
    }

    private static void expect(boolean right, String otherwise) {
        if (!right) {
            throw new AssertionError(otherwise);
        }
    }
}
