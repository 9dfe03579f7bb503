package io.quarkiverse.imsession.runtime.schedules;

import java.security.SecureRandom;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;

import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.runtime.session.CommitResult;
import io.quarkiverse.imsession.runtime.session.RequestAccess;
import io.quarkiverse.imsession.runtime.session.RequestSession;
import io.quarkiverse.imsession.runtime.store.MemoryAccess;
import io.quarkiverse.imsession.spi.NewSession;
import io.quarkiverse.imsession.spi.SessionStore;
import io.quarkiverse.imsession.spi.SessionToken;

/**
 * Parallel requests that count. No thread waits for the commit of its request, so when all threads have gone, all commits must
 * be over: nobody waits for ever. All of them have counted, each once.
 */
public class IncrementSchedules {

    private static final int OK = 200;
    private static final String COUNT = "count";
    private static final SessionToken TOKEN = SessionToken.generate(new SecureRandom());

    private final SessionStore store;
    private final RequestAccess requests;
    private final Queue<CompletableFuture<?>> commits = new ConcurrentLinkedQueue<>();

    public IncrementSchedules() {
        this(store -> store);
    }

    IncrementSchedules(Function<SessionStore, SessionStore> fault) {
        store = fault.apply(MemoryAccess.store(10, StoreSchedules.CLOCK));
        requests = new RequestAccess(store, Runnable::run);
        StoreSchedules.done(
                store.create(TOKEN.id(), new NewSession(TOKEN.hash(), SessionData.of(COUNT, 0), StoreSchedules.LATER)));
    }

    @Operation
    public void increment() {
        RequestSession session = load();
        session.update(IncrementSchedules::next);
        CompletionStage<CommitResult> commit = requests.committer().commit(session, OK, false);
        commits.add(commit.toCompletableFuture());
    }

    @Operation
    public void incrementOnDemand() {
        RequestSession session = load();
        session.update(IncrementSchedules::next);
        commits.add(session.commit().subscribeAsCompletionStage());
    }

    private RequestSession load() {
        return StoreSchedules.done(requests.loader().load(Set.of(TOKEN.value()), Set::of));
    }

    private static SessionData next(SessionData data) {
        return data.with(COUNT, data.get(COUNT, Integer.class).orElseThrow() + 1);
    }

    @Validate
    public void check() {
        long over = commits.stream().filter(commit -> commit.isDone() && !commit.isCompletedExceptionally()).count();
        int counted = StoreSchedules.done(store.load(TOKEN.id())).data().get(COUNT, Integer.class).orElseThrow();
        if (over != commits.size() || counted != commits.size()) {
            throw new AssertionError(commits.size() + " commits, " + over + " of them over, have counted " + counted);
        }
    }
}
