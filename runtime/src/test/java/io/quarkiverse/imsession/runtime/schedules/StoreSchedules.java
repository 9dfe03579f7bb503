package io.quarkiverse.imsession.runtime.schedules;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;

import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.runtime.store.MemoryAccess;
import io.quarkiverse.imsession.spi.Expiry;
import io.quarkiverse.imsession.spi.NewSession;
import io.quarkiverse.imsession.spi.Presented;
import io.quarkiverse.imsession.spi.SessionStore;
import io.quarkiverse.imsession.spi.SessionToken;
import io.quarkiverse.imsession.spi.SessionUpdate;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.spi.TokenChange;
import io.quarkiverse.imsession.spi.TokenHash;
import io.quarkiverse.imsession.spi.TokenState;

/**
 * What parallel threads do to one session. The answers must be those that one thread would have got, doing the same in some
 * order. A timed renewal is always due.
 */
@Param(name = "token", gen = IntGen.class, conf = "0:1")
@Param(name = "value", gen = IntGen.class, conf = "0:9")
public class StoreSchedules {

    static final Clock CLOCK = Clock.fixed(Instant.parse("2030-01-01T00:00:00Z"), ZoneOffset.UTC);
    private static final Duration GRACE = Duration.ofSeconds(10);
    static final Expiry LATER = new Expiry(Duration.ofHours(1), null, null);

    private static final SessionToken FIRST = SessionToken.generate(new SecureRandom());
    private static final SessionToken OTHER = SessionToken.generate(new SecureRandom());
    private static final List<TokenHash> HASHES = Stream.of(FIRST, FIRST.renew(new SecureRandom()))
            .map(SessionToken::hash).toList();
    private static final StoredSession BASIS = new StoredSession(TokenState.only(FIRST.hash()), SessionData.empty(), Map.of(),
            1,
            CLOCK.instant(), null, CLOCK.instant(), null, CLOCK.instant());

    private final SessionStore store;

    public StoreSchedules() {
        this(MemoryAccess.store(1000, CLOCK));
    }

    StoreSchedules(SessionStore store) {
        this.store = store;
        done(store.create(FIRST.id(), new NewSession(FIRST.hash(), SessionData.empty(), LATER)));
    }

    @Operation
    public String load() {
        return String.valueOf(done(store.load(FIRST.id())));
    }

    @Operation
    public String change(@Param(name = "token") int token, @Param(name = "value") int value) {
        return update(token, Map.of("f" + value % 2, Integer.toString(value)), TokenChange.KEEP);
    }

    @Operation
    public String rotate(@Param(name = "token") int token, @Param(name = "token") int next) {
        return update(token, Map.of(),
                new TokenChange.Rotate(HASHES.get(next), GRACE, Duration.ZERO));
    }

    @Operation
    public String renew(@Param(name = "token") int token, @Param(name = "token") int next) {
        return update(token, Map.of(), new TokenChange.Renew(HASHES.get(next), GRACE));
    }

    @Operation
    public boolean destroy() {
        return done(store.destroy(FIRST.id()));
    }

    @Operation
    public String end(@Param(name = "token") int token) {
        return done(store.destroy(FIRST.id(), presented(token))).toString();
    }

    /** The new id is nobody else's. */
    @Operation(runOnce = true)
    public String replace(@Param(name = "token") int token, @Param(name = "value") int value) {
        return done(store
                .replace(FIRST.id(), presented(token), GRACE, OTHER.id(),
                        new NewSession(OTHER.hash(), SessionData.of("f0", value), LATER))
                .handle((replaced, taken) -> taken == null ? replaced.toString() : "taken"));
    }

    private String update(int token, Map<String, String> changed, TokenChange change) {
        return done(store.update(FIRST.id(), new SessionUpdate(BASIS, HASHES.get(token), changed, Set.of(), change, LATER)))
                .toString();
    }

    private static Presented presented(int token) {
        return new Presented(HASHES.get(token), 1);
    }

    static <T> T done(CompletionStage<T> stage) {
        return ((CompletableFuture<T>) stage).join();
    }
}
