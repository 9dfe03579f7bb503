package io.quarkiverse.imsession.runtime.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.quarkiverse.imsession.Reference;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.runtime.model.Endings.Ending;
import io.quarkiverse.imsession.runtime.model.ModelRun.Ageing;
import io.quarkiverse.imsession.runtime.model.ModelRun.Instance;
import io.quarkiverse.imsession.spi.Created;
import io.quarkiverse.imsession.spi.Expected;
import io.quarkiverse.imsession.spi.Expiry;
import io.quarkiverse.imsession.spi.NewSession;
import io.quarkiverse.imsession.spi.Presented;
import io.quarkiverse.imsession.spi.SessionToken;
import io.quarkiverse.imsession.spi.SessionUpdate;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.spi.TokenChange;
import io.quarkiverse.imsession.spi.TokenHash;
import io.quarkiverse.imsession.spi.UpdateResult;
import io.quarkiverse.imsession.spi.UpdateResult.PresentedToken;
import io.quarkiverse.imsession.spi.UpdateResult.Updated;

/**
 * A client: asks for some operations at once, waits for them, and compares what came out with the model. It has
 * sessions of its own, with one operation under way at the most, and uses the shared ones as all clients do.
 */
final class ModelClient {

    static final Duration GRACE = Duration.ofDays(1);
    static final Duration ALWAYS = Duration.ZERO;
    static final Duration NEVER_DUE = Duration.ofDays(1000);

    private static final int MOST_SESSIONS = 40;

    private final ModelRun run;
    private final Random random;
    private final SecureRandom secrets;
    private final SharedOperations shared;
    private final ByIdOperations byId;
    private final List<OwnedSession> sessions = new ArrayList<>();
    private final List<SessionId> ended = new ArrayList<>();

    ModelClient(ModelRun run, int number, long seed) {
        this.run = run;
        this.random = new Random(seed * 31 + number);
        this.secrets = ModelRun.seeded(random.nextLong());
        this.byId = new ByIdOperations(run, random);
        this.shared = new SharedOperations(run, number, random, secrets);
    }

    void run(int operations) {
        for (int done = 0; done < operations;) {
            List<Runnable> underWay = new ArrayList<>();
            Set<Object> used = new HashSet<>();
            for (int i = 0; i < ModelRun.IN_FLIGHT && done < operations; i++) {
                underWay.add(next(used));
                done++;
            }
            underWay.forEach(Runnable::run);
        }
    }

    /** Begins an operation. Returns what waits for it and checks it. */
    private Runnable next(Set<Object> used) {
        sessions.removeIf(session -> run.dead().containsKey(session.id()) && ended.add(session.id()));
        int dice = random.nextInt(1000);
        if (dice < 4) {
            return endAll();
        }
        if (dice < 24) {
            return Finding.begin(run, random);
        }
        if (dice < 44 && !ended.isEmpty()) {
            return useEnded(Values.random(ended, random));
        }
        if (dice < 200) {
            SharedSession session = Values.random(run.shared(), random);
            if (used.add(session)) {
                return shared.begin(session);
            }
        }
        if (sessions.size() < MOST_SESSIONS && random.nextInt(3) == 0 || sessions.size() < ModelRun.IN_FLIGHT) {
            return create();
        }
        OwnedSession session = Values.random(sessions, random);
        if (!used.add(session)) {
            return create();
        }
        if (run.ageing() != null && random.nextInt(50) == 0) {
            return age(session);
        }
        return switch (random.nextInt(12)) {
            case 0 -> destroy(session);
            case 1 -> load(session);
            case 2 -> byId.update(session);
            case 3 -> byId.unset(session);
            case 4 -> byId.touch(session);
            default -> update(session);
        };
    }

    private Runnable create() {
        SessionToken token = SessionToken.generate(secrets);
        SessionData data = SessionData.of("f0", random.nextInt(9));
        for (String field : List.of("user_id", "ip")) {
            if (random.nextInt(3) > 0) {
                data = data.with(field, Values.random(field, random));
            }
        }
        Expiry expiry = run.lifetimes().random(random, 15);
        long begun = run.endings().tick();
        OwnedSession session = new OwnedSession(token, data, begun);
        session.note("create " + data.toJson() + ' ' + expiry);
        run.owned().put(token.id(), session);
        CompletionStage<Created> creating = run.instance(random).store().create(token.id(),
                new NewSession(token.hash(), data, expiry));
        return then(creating, created -> {
            session.created(created, expiry, begun, run.endings().tick());
            sessions.add(session);
            run.count("created");
        });
    }

    private Runnable load(OwnedSession session) {
        session.begin();
        long begun = run.endings().tick();
        long from = run.millis();
        return then(run.instance(random).store().load(session.id()), stored -> {
            if (stored == null) {
                run.gone(session);
            } else {
                run.assertAlive(session, from);
                session.check(stored);
                session.seen(begun);
                run.count("loaded");
            }
        });
    }

    private Runnable update(OwnedSession session) {
        Instance instance = run.instance(random);
        Expiry expiry = random.nextInt(3) == 0 ? null : run.lifetimes().random(random, 5);
        int dice = random.nextInt(100);
        SessionToken next = session.token().renew(secrets);
        TokenChange tokenChange = dice < 15 ? new TokenChange.Renew(next.hash(), GRACE)
                : dice < 30 ? new TokenChange.Rotate(next.hash(), GRACE, random.nextInt(4) == 0 ? NEVER_DUE : ALWAYS)
                        : TokenChange.KEEP;
        TokenHash presented = present(session, random.nextInt(100), tokenChange);
        boolean refused = session.killed() != null && session.killed().hash().equals(presented);
        Edit edit = Edit.random(session.data(), random);
        Expected expected = Edit.randomExpected(random);
        // A request that was loaded before others were committed has an older basis.
        StoredSession old = random.nextInt(4) == 0 ? session.basis() : null;
        boolean conflicts = !refused && old != null && Edit.differs(expected, old, session.version(), session.data());
        session.note("update " + edit + ' ' + expiry + ' ' + tokenChange.getClass().getSimpleName() + " expected "
                + (expected.all() ? "all" : expected.fields()) + (refused ? " refused" : conflicts ? " conflicts" : ""));
        long begun = run.endings().tick();
        long from = run.millis();
        if (refused || conflicts) {
            session.begin();
        } else {
            session.begin(edit.applied(session.data()), begun);
        }
        if (refused || old != null) {
            run.mayLeaveEntries(session.id());
        }
        CompletionStage<StoredSession> loading = old != null ? CompletableFuture.completedFuture(old)
                : instance.store().load(session.id());
        CompletionStage<UpdateResult> updating = loading.thenCompose(basis -> {
            if (basis == null) {
                return CompletableFuture.completedFuture(new UpdateResult.Gone());
            }
            if (old == null) {
                session.check(basis);
            }
            return instance.store().update(session.id(),
                    new SessionUpdate(basis, presented == null ? null
                            : refused ? Presented.ifNewest(presented) : new Presented(presented, session.version()),
                            edit.changed(), edit.removed(), tokenChange, expiry, Long.MAX_VALUE, expected));
        });
        return then(updating, result -> {
            if (result instanceof UpdateResult.Gone) {
                run.gone(session);
                return;
            }
            run.assertAlive(session, from);
            if (refused) {
                assertThat(result).as("update of %s with a dead token", session).isInstanceOf(UpdateResult.Superseded.class);
                session.seen(begun);
                run.count("superseded");
                return;
            }
            if (conflicts) {
                assertThat(result).as("update of %s as it was", session).isInstanceOf(UpdateResult.Changed.class);
                session.check(((UpdateResult.Changed) result).session());
                session.seen(begun);
                run.count("conflict");
                return;
            }
            assertThat(result).as("update of %s", session).isInstanceOf(Updated.class);
            Updated updated = (Updated) result;
            assertThat(updated.token()).as("token after update of %s", session)
                    .isEqualTo(presentedAfter(session, presented, tokenChange));
            if (updated.token() == PresentedToken.REPLACED) {
                if (tokenChange instanceof TokenChange.Renew) {
                    session.renewed(next);
                } else {
                    session.rotated(next);
                }
                run.count(tokenChange instanceof TokenChange.Renew ? "renewed" : "rotated");
            }
            session.updated(updated.now(), updated.expiresAt(), expiry, begun, run.endings().tick());
            if (updated.session() != null) {
                session.check(updated.session());
            }
            run.count(edit.touchesReferences() ? "reference changed" : "updated");
        });
    }

    private static TokenHash present(OwnedSession session, int dice, TokenChange change) {
        if (dice < 8 && session.killed() != null) {
            return session.killed().hash();
        }
        if (dice < 20 && session.inGrace() != null) {
            return session.inGrace().hash();
        }
        return dice < 25 && change == TokenChange.KEEP ? null : session.token().hash();
    }

    private static PresentedToken presentedAfter(OwnedSession session, TokenHash presented, TokenChange change) {
        boolean current = session.token().hash().equals(presented);
        if (change instanceof TokenChange.Renew
                || change instanceof TokenChange.Rotate rotate && current && rotate.age().equals(ALWAYS)) {
            return PresentedToken.REPLACED;
        }
        return current ? PresentedToken.CURRENT : PresentedToken.IN_GRACE;
    }

    private Runnable destroy(OwnedSession session) {
        session.note("destroy");
        long from = run.millis();
        session.begin(SessionData.empty(), run.endings().tick());
        Instance instance = run.instance(random);
        CompletionStage<Boolean> ending = random.nextBoolean() ? instance.store().destroy(session.id())
                : instance.sessions().destroy(session.id()).subscribeAsCompletionStage();
        return then(ending, done -> {
            if (!done) {
                run.gone(session);
                return;
            }
            run.assertAlive(session, from);
            run.died(session.id(), run.endings().tick());
            run.count("destroyed");
        });
    }

    private Runnable age(OwnedSession session) {
        session.note("age");
        session.begin();
        sessions.remove(session);
        long begun = run.endings().tick();
        return () -> {
            run.ageing().age(session.id());
            session.aged(run.millis() + Ageing.MOMENT.toMillis(), begun);
        };
    }

    private Runnable useEnded(SessionId id) {
        Instance instance = run.instance(random);
        return switch (random.nextInt(4)) {
            case 0 -> then(instance.store().load(id), stored -> assertThat(stored).as("ended session %s", id).isNull());
            case 1 -> then(instance.store().destroy(id), done -> assertThat(done).as("end of ended session %s", id).isFalse());
            case 2 -> then(instance.sessions().update(id, Edit.randomSet(random).data()).subscribeAsCompletionStage(),
                    done -> assertThat(done).as("update of ended session %s", id).isFalse());
            default -> then(instance.sessions().touch(id).subscribeAsCompletionStage(),
                    done -> assertThat(done).as("touch of ended session %s", id).isFalse());
        };
    }

    private Runnable endAll() {
        Reference reference = Values.randomReference(random);
        SessionId spared = random.nextInt(3) == 0 && !sessions.isEmpty() ? Values.random(sessions, random).id() : null;
        Instance instance = run.instance(random);
        run.shared().forEach(SharedSession::maybeEnding);
        Ending ending = run.endings().begin(reference, spared);
        CompletionStage<Long> all = (spared == null ? instance.sessions().destroyAll(reference.field(), reference.value())
                : instance.sessions().destroyOthers(reference.field(), reference.value(), spared)).subscribeAsCompletionStage();
        return then(all, number -> {
            ending.finished();
            run.count(number > 0 ? "all ended of a value" : "none ended of a value");
        });
    }

    static <T> Runnable then(CompletionStage<T> operation, Consumer<T> check) {
        return () -> check.accept(operation.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join());
    }
}
