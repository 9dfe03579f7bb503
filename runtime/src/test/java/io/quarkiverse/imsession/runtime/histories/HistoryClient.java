package io.quarkiverse.imsession.runtime.histories;

import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.runtime.histories.History.Instance;
import io.quarkiverse.imsession.runtime.model.Edit;
import io.quarkiverse.imsession.runtime.model.ModelRun;
import io.quarkiverse.imsession.spi.Expiry;
import io.quarkiverse.imsession.spi.NewSession;
import io.quarkiverse.imsession.spi.Presented;
import io.quarkiverse.imsession.spi.SessionToken;
import io.quarkiverse.imsession.spi.SessionUpdate;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.spi.TokenChange;
import io.quarkiverse.imsession.spi.TokenHash;
import io.quarkiverse.imsession.spi.UpdateResult;
import io.quarkiverse.imsession.spi.UpdateResult.Changed;
import io.quarkiverse.imsession.spi.UpdateResult.PresentedToken;
import io.quarkiverse.imsession.spi.UpdateResult.Updated;

/** One of the clients that use the same sessions at the same time. It asks one thing after the other. */
final class HistoryClient {

    private static final Expiry OUTLIVES_A_MEETING = Lifetimes.expiry(60_000);

    private static final int MOST_ATTEMPTS = 8;

    private final History history;
    private final List<Instance> instances;
    private final Random random;
    private final SecureRandom secrets;
    private final String field;

    HistoryClient(History history, List<Instance> instances, int number, long seed) {
        this.history = history;
        this.instances = instances;
        this.random = new Random(seed);
        this.secrets = ModelRun.seeded(seed);
        this.field = "c" + number;
    }

    /** The session outlives the meeting of all clients, however slow the machine is. */
    void begin(ContendedSession session) {
        history.create(instance(), session.id(), newSession(session.token(), OUTLIVES_A_MEETING));
    }

    /** Renews a session that all clients have loaded before one of them renews it: only the first of them still has it then. */
    void renewTogether(ContendedSession session, CyclicBarrier clients) throws Exception {
        clients.await();
        StoredSession basis = load(session);
        SessionToken token = session.token();
        clients.await();
        if (basis != null) {
            SessionToken next = token.renew(secrets);
            store(session, next,
                    new SessionUpdate(basis, token.hash(), Map.of(), Set.of(), Lifetimes.renew(next.hash()), null),
                    Change.Fields.NONE);
        }
        clients.await();
    }

    void run(List<ContendedSession> sessions, int operations) {
        for (int i = 0; i < operations; i++) {
            ContendedSession session = sessions.get(random.nextInt(sessions.size()));
            int dice = random.nextInt(200);
            if (dice < 1) {
                if (random.nextBoolean()) {
                    history.destroy(instance(), session.id());
                } else {
                    history.destroy(instance(), session.id(), presented(session));
                }
            } else if (dice < 2) {
                SessionToken token = SessionToken.generate(secrets);
                if (history.replace(instance(), session.id(), presented(session), token.id(),
                        newSession(token, random.nextBoolean() ? SessionModel.SHORT : SessionModel.LONG))) {
                    update(new ContendedSession(token));
                }
            } else if (dice < 40) {
                load(session);
            } else {
                update(session);
            }
        }
    }

    private Presented presented(ContendedSession session) {
        SessionToken token = random.nextInt(3) > 0 ? session.token() : session.earlier();
        StoredSession basis = session.basis();
        return basis == null ? Presented.ifNewest(token.hash()) : new Presented(token.hash(), basis.version());
    }

    private StoredSession load(ContendedSession session) {
        StoredSession found = history.load(instance(), session.id());
        if (found != null) {
            session.basis(found);
        }
        return found;
    }

    private void update(ContendedSession session) {
        SessionToken token = random.nextInt(5) > 0 ? session.token() : session.earlier();
        StoredSession basis = session.basis() == null || random.nextInt(3) > 0 ? load(session) : session.basis();
        if (basis == null) {
            return;
        }
        SessionToken next = token.renew(secrets);
        int dice = random.nextInt(100);
        TokenChange change = dice < 5 ? Lifetimes.renew(next.hash())
                : dice < 20 ? Lifetimes.rotate(next.hash())
                        : dice < 40 ? Lifetimes.rotateLater(next.hash()) : TokenChange.KEEP;
        TokenHash presented = dice >= 92 ? null : dice >= 89 ? next.hash() : token.hash();
        Expiry expiry = random.nextInt(3) == 0 ? null : random.nextInt(4) == 0 ? SessionModel.SHORT : SessionModel.LONG;
        Presented from = presented == null ? null : new Presented(presented, basis.version());
        Change asked = Change.random(basis.data(), field, random);
        StoredSession latest = basis;
        for (int i = 0; i < MOST_ATTEMPTS && latest != null; i++) {
            Change.Sent sent = asked.sent(latest.data());
            UpdateResult result = store(session, next, new SessionUpdate(latest, from, sent.changed(), sent.removed(), change,
                    expiry, Long.MAX_VALUE, sent.expected()), asked);
            latest = result instanceof Changed changed ? changed.session() : null;
        }
    }

    private @Nullable UpdateResult store(ContendedSession session, SessionToken next, SessionUpdate update, Change change) {
        UpdateResult result = history.update(instance(), session.id(), update, change);
        if (result instanceof Updated updated && updated.token() == PresentedToken.REPLACED) {
            session.token(next);
        }
        return result;
    }

    private NewSession newSession(SessionToken token, Expiry expiry) {
        return new NewSession(token.hash(), Edit.random(SessionData.empty(), random).data(), expiry);
    }

    private Instance instance() {
        return instances.get(random.nextInt(instances.size()));
    }
}
