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
import io.quarkiverse.imsession.SessionConflictException;
import io.quarkiverse.imsession.SessionData;
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
            RequestAccess instance = new RequestAccess(this.store, this.store);
            requests.add(instance);
            byId.add(instance.administration(Set.of()));
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
        boolean renews = interleaving.requests().stream()
                .anyMatch(request -> request.steps().stream().anyMatch(Step.Renew.class::isInstance));
        List<Committed> committed = running.stream().map(one -> one.committed(renews)).toList();
        SessionData stored = store.load(TOKEN.id()).toCompletableFuture().join().data();
        assertThat(isSerial(committed, stored))
                .as("Whether one order of %s makes %s of %s", committed, stored.toJson(), BEGIN.toJson()).isTrue();
    }

    /** The transactions of a request that were stored. */
    private record Committed(boolean needsToken, List<Transaction> transactions) {
    }

    /**
     * How far an order of transactions has come.
     *
     * @param done how many of each request are done
     * @param data the data after them
     * @param renewed the number of the request that has renewed the token; -1 if none has
     */
    private record Reached(List<Integer> done, SessionData data, int renewed) {

        private static final int NONE = -1;

        private @Nullable Reached after(int request, Committed committed) {
            int next = done.get(request);
            if (next == committed.transactions.size()
                    || committed.needsToken && renewed != NONE && renewed != request) {
                return null;
            }
            Transaction transaction = committed.transactions.get(next);
            SessionData after = transaction.apply(data);
            if (after == null) {
                return null;
            }
            List<Integer> more = new ArrayList<>(done);
            more.set(request, next + 1);
            return new Reached(more, after, transaction.renews() ? request : renewed);
        }
    }

    /** Whether some order of transactions makes the data, in which those of a request keep their order. */
    private static boolean isSerial(List<Committed> requests, SessionData wanted) {
        Set<Reached> known = new HashSet<>();
        Deque<Reached> left = new ArrayDeque<>(
                List.of(new Reached(Collections.nCopies(requests.size(), 0), BEGIN, Reached.NONE)));
        while (!left.isEmpty()) {
            Reached reached = left.pop();
            if (known.add(reached)) {
                for (int i = 0; i < requests.size(); i++) {
                    Reached after = reached.after(i, requests.get(i));
                    if (after != null) {
                        left.push(after);
                    }
                }
            }
        }
        List<Integer> all = requests.stream().map(one -> one.transactions.size()).toList();
        return known.stream().anyMatch(one -> one.done.equals(all) && one.data.equals(wanted));
    }

    /** A request that is under way. */
    private abstract static class Running {

        private final List<Transaction> transactions = new ArrayList<>(List.of(new Transaction()));
        private final List<Step> left;
        boolean ended;

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

        /**
         * What was not refused. A refusal needs a reason.
         *
         * @param renewed whether any request has renewed the token
         */
        final Committed committed(boolean renewed) {
            assertThat(ended).as("Whether a request has ended, which waits for a commit of %s", transactions).isTrue();
            return new Committed(this instanceof InRequest, transactions.stream().filter(one -> {
                assertThat(one.isOver()).as("Whether the commit of %s is over", one).isTrue();
                Throwable failure = one.failure();
                assertThat(failure == null || hasCause(Step.Refused.class, failure)
                        || renewed && hasCause(SessionConflictException.class, failure))
                        .as("Whether %s was to be refused, which failed with %s", one, failure).isTrue();
                return failure == null;
            }).toList());
        }

        private static boolean hasCause(Class<?> type, Throwable failure) {
            for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                if (type.isInstance(cause)) {
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
                session = access.loader().load(Set.of(TOKEN.value()), Set::of).toCompletableFuture().join();
                // Another request has renewed the token before.
                ended = !session.exists();
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
            } else if (step instanceof Step.Renew) {
                session.renew();
                current().renew();
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
