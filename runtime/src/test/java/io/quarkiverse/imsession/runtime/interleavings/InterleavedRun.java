package io.quarkiverse.imsession.runtime.interleavings;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.ReactiveImSessions;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.runtime.admin.AdministrationAccess;
import io.quarkiverse.imsession.runtime.session.CommitResult;
import io.quarkiverse.imsession.runtime.session.FieldChanges;
import io.quarkiverse.imsession.runtime.session.RequestAccess;
import io.quarkiverse.imsession.runtime.session.RequestSession;
import io.quarkiverse.imsession.spi.Expiry;
import io.quarkiverse.imsession.spi.NewSession;
import io.quarkiverse.imsession.spi.SessionStore;
import io.quarkiverse.imsession.spi.SessionToken;

/** Lets requests interleave as they should, on one thread. Everything is the same in each run. */
final class InterleavedRun {

    private static final int INSTANCES = 2;
    private static final int OK = 200;
    private static final SessionToken TOKEN = SessionToken.generate(new SecureRandom());
    private static final SessionData BEGIN = SessionData.of("a", 0, "b", 1);

    private final HeldStore store;
    private final List<RequestAccess> requests = new ArrayList<>();
    private final List<ReactiveImSessions> byId = new ArrayList<>();

    private InterleavedRun(SessionStore store) {
        this.store = new HeldStore(store);
        for (int i = 0; i < INSTANCES; i++) {
            requests.add(new RequestAccess(this.store));
            byId.add(AdministrationAccess.of(this.store, RequestAccess.TIMEOUT, Set.of()));
        }
        store.create(TOKEN.id(), new NewSession(TOKEN.hash(), BEGIN, new Expiry(RequestAccess.TIMEOUT, null, null)));
    }

    /** Fails unless the requests end, and did what they would have done one after another in some order. */
    static void check(Interleaving interleaving, SessionStore store) {
        new InterleavedRun(store).check(interleaving);
    }

    private void check(Interleaving interleaving) {
        List<Running> running = new ArrayList<>();
        interleaving.requests().forEach(request -> running.add(request.isById() ? new ById(request) : new InRequest(request)));
        Iterator<Integer> choices = interleaving.choices().iterator();
        while (true) {
            List<Running> ready = running.stream().filter(Running::canGoOn).toList();
            int options = ready.size() + store.held();
            if (options == 0) {
                break;
            }
            int chosen = choices.hasNext() ? choices.next() % options : 0;
            if (chosen < ready.size()) {
                ready.get(chosen).goOn();
            } else {
                store.release(chosen - ready.size());
            }
        }
        List<List<Transaction>> committed = running.stream().map(Running::committed).toList();
        SessionData stored = store.load(TOKEN.id()).toCompletableFuture().join().data();
        assertThat(isSerial(committed, stored))
                .as("Whether one order of %s makes %s of %s", committed, stored.toJson(), BEGIN.toJson()).isTrue();
    }

    /** How far an order of transactions has come: how many of each request, and the data after them. */
    private record Reached(List<Integer> done, SessionData data) {

        private Reached after(int request, SessionData after) {
            List<Integer> more = new ArrayList<>(done);
            more.set(request, done.get(request) + 1);
            return new Reached(more, after);
        }
    }

    /** Whether some order of transactions makes the data, in which those of a request keep their order. */
    private static boolean isSerial(List<List<Transaction>> transactions, SessionData wanted) {
        Reached end = new Reached(transactions.stream().map(List::size).toList(), wanted);
        Set<Reached> known = new HashSet<>();
        Deque<Reached> left = new ArrayDeque<>(List.of(new Reached(Collections.nCopies(transactions.size(), 0), BEGIN)));
        while (!left.isEmpty()) {
            Reached reached = left.pop();
            if (!known.add(reached)) {
                continue;
            }
            for (int i = 0; i < transactions.size(); i++) {
                int done = reached.done.get(i);
                SessionData after = done == transactions.get(i).size() ? null
                        : transactions.get(i).get(done).apply(reached.data);
                if (after != null) {
                    left.push(reached.after(i, after));
                }
            }
        }
        return known.contains(end);
    }

    /** A request that is under way. */
    private abstract static class Running {

        private final List<Transaction> transactions = new ArrayList<>(List.of(new Transaction()));
        private final List<Step> left;
        private boolean ended;

        private Running(List<Step> steps) {
            this.left = new ArrayList<>(steps);
        }

        final boolean canGoOn() {
            return !ended && !isWaiting();
        }

        final void goOn() {
            if (!begin()) {
                return;
            }
            if (left.isEmpty()) {
                ended = true;
                end();
            } else {
                make(left.remove(0));
            }
        }

        final @Nullable Step next() {
            return left.isEmpty() ? null : left.get(0);
        }

        final Transaction current() {
            return transactions.get(transactions.size() - 1);
        }

        final Transaction commit(CompletableFuture<?> commit) {
            Transaction committing = current();
            committing.commit(commit);
            transactions.add(new Transaction());
            return committing;
        }

        /** Those that were not refused. A refusal needs a reason. */
        final List<Transaction> committed() {
            assertThat(ended).as("Whether a request has ended, which waits for a commit of %s", transactions).isTrue();
            return transactions.stream().filter(one -> {
                assertThat(one.isOver()).as("Whether the commit of %s is over", one).isTrue();
                Throwable failure = one.failure();
                assertThat(failure == null || hasCause(failure)).as("Whether a function refused, as %s failed with %s", one,
                        failure).isTrue();
                return failure == null;
            }).toList();
        }

        private static boolean hasCause(Throwable failure) {
            for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                if (cause instanceof Step.Refused) {
                    return true;
                }
            }
            return false;
        }

        /** False if that was all for now. */
        abstract boolean begin();

        abstract boolean isWaiting();

        abstract void make(Step step);

        abstract void end();
    }

    private final class InRequest extends Running {

        private final RequestAccess access;
        private @Nullable RequestSession session;
        private CompletableFuture<?> running = CompletableFuture.completedFuture(null);
        private CompletableFuture<?> awaited = running;

        private InRequest(Interleaving.Request request) {
            super(request.steps());
            access = requests.get(request.instance());
        }

        @Override
        boolean begin() {
            if (session == null) {
                session = access.loader().load(TOKEN.value()).toCompletableFuture().join();
                return false;
            }
            return true;
        }

        /** A commit that waits for another one also stores what is asked for meanwhile: then it is the one after that. */
        @Override
        boolean isWaiting() {
            return !(next() instanceof Step.Commit ? running : awaited).isDone();
        }

        @Override
        void make(Step step) {
            if (step instanceof Step.Update update) {
                try {
                    session.update(update.function());
                    current().add(update.text(), update.function());
                } catch (Step.Refused e) {
                    // The application goes on without it.
                }
            } else if (step instanceof Step.Set set) {
                set(set);
            } else if (step instanceof Step.Commit commit) {
                CompletableFuture<SessionData> committing = session.commit().subscribeAsCompletionStage();
                running = committing;
                Transaction transaction = commit(committing);
                if (commit.isAwaited()) {
                    awaited = committing;
                    committing.thenAccept(transaction::sees);
                }
            } else {
                session.touch(Duration.ofMinutes(1));
            }
        }

        /** The request asks for the fields that differ from what it sees, whatever they are by then. */
        private void set(Step.Set set) {
            SessionData before = session.data();
            SessionData wanted = set.function().apply(before);
            session.set(wanted);
            current().add(set.toString(),
                    fields(FieldChanges.set(before, wanted), FieldChanges.removed(before, wanted)));
        }

        private static UnaryOperator<SessionData> fields(Map<String, String> changed, Set<String> removed) {
            return data -> {
                Map<String, String> after = new HashMap<>(data.toJson());
                after.putAll(changed);
                after.keySet().removeAll(removed);
                return SessionData.fromJson(after);
            };
        }

        @Override
        void end() {
            CompletionStage<CommitResult> commit = access.committer().commit(session, OK, false);
            commit(commit == null ? CompletableFuture.completedFuture(null) : commit.toCompletableFuture());
        }
    }

    private final class ById extends Running {

        private final ReactiveImSessions sessions;
        private CompletableFuture<?> last = CompletableFuture.completedFuture(null);

        private ById(Interleaving.Request request) {
            super(request.steps());
            sessions = byId.get(request.instance());
        }

        @Override
        boolean begin() {
            return true;
        }

        @Override
        boolean isWaiting() {
            return !last.isDone();
        }

        @Override
        void make(Step step) {
            Step.Update update = (Step.Update) step;
            current().add(update.text(), update.function());
            last = sessions.update(TOKEN.id(), update.function()).subscribeAsCompletionStage();
            commit(last);
        }

        @Override
        void end() {
        }
    }
}
