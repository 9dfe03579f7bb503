package io.quarkiverse.imsession.runtime.schedules;

import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;

import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.runtime.store.MemoryAccess;
import io.quarkiverse.imsession.spi.NewSession;
import io.quarkiverse.imsession.spi.SessionStore;
import io.quarkiverse.imsession.spi.SessionToken;
import io.quarkiverse.imsession.spi.SessionUpdate;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.spi.TokenChange;
import io.quarkiverse.imsession.spi.TokenState;

/** What parallel threads do to the sessions of two users, each of whom may have one: a new one ends the old one. */
@Param(name = "session", gen = IntGen.class, conf = "0:1")
@Param(name = "user", gen = IntGen.class, conf = "1:2")
public class LimitedStoreSchedules {

    private static final List<SessionToken> TOKENS = Stream.generate(() -> SessionToken.generate(new SecureRandom())).limit(3)
            .toList();

    private final SessionStore store = MemoryAccess.oneEach(StoreSchedules.CLOCK, "user_id");

    public LimitedStoreSchedules() {
        create(0, 1);
        create(1, 2);
    }

    /** The id is nobody else's. */
    @Operation(runOnce = true)
    public String create(@Param(name = "user") int user) {
        return create(2, user);
    }

    private String create(int session, int user) {
        SessionToken token = TOKENS.get(session);
        return StoreSchedules.done(store.create(token.id(), new NewSession(token.hash(), SessionData.of("user_id", user),
                StoreSchedules.LATER))).toString();
    }

    @Operation
    public String become(@Param(name = "session") int session, @Param(name = "user") int user) {
        SessionToken token = TOKENS.get(session);
        StoredSession basis = new StoredSession(TokenState.only(token.hash()), SessionData.empty(), Map.of(), 1,
                StoreSchedules.CLOCK.instant(), null, StoreSchedules.CLOCK.instant(), null, StoreSchedules.CLOCK.instant());
        return StoreSchedules.done(store.update(token.id(), new SessionUpdate(basis, token.hash(),
                Map.of("user_id", Integer.toString(user)), Set.of(), TokenChange.KEEP, StoreSchedules.LATER))).toString();
    }

    @Operation
    public boolean destroy(@Param(name = "session") int session) {
        return StoreSchedules.done(store.destroy(TOKENS.get(session).id()));
    }

    @Operation
    public String load(@Param(name = "session") int session) {
        StoredSession found = StoreSchedules.done(store.load(TOKENS.get(session).id()));
        return found == null ? "none" : found.data().toJson().toString();
    }
}
