package io.quarkiverse.imsession.runtime.histories;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.SessionStoreException;
import io.quarkiverse.imsession.runtime.histories.Call.Step;
import io.quarkiverse.imsession.spi.Created;
import io.quarkiverse.imsession.spi.DestroyResult;
import io.quarkiverse.imsession.spi.NewSession;
import io.quarkiverse.imsession.spi.Presented;
import io.quarkiverse.imsession.spi.Replaced;
import io.quarkiverse.imsession.spi.SessionStore;
import io.quarkiverse.imsession.spi.SessionUpdate;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.spi.UpdateResult;
import io.quarkiverse.imsession.spi.UpdateResult.Changed;
import io.quarkiverse.imsession.spi.UpdateResult.Updated;

/** What parallel clients asked a store and were answered, by session. Answers are null where the store failed. */
public final class History {

    private final AtomicLong clock = new AtomicLong();
    private final Calls<SessionModel> sessions = new Calls<>();
    private final Calls<DataModel> data = new Calls<>();
    private final Map<String, LongAdder> tally = new ConcurrentHashMap<>();

    /** A store, and where to call it. */
    public record Instance(SessionStore store, Executor caller) {
    }

    @Nullable
    StoredSession load(Instance instance, SessionId id) {
        Answer<StoredSession> answer = ask(instance, () -> instance.store.load(id));
        if (answer.isKnown()) {
            add(id, "load: " + describe(answer.value), answer, SessionModel.load(answer.value), DataModel.load(answer.value));
            count(answer.value == null ? "found none" : "loaded");
        }
        return answer.value;
    }

    void create(Instance instance, SessionId id, NewSession session) {
        Answer<Created> answer = ask(instance, () -> instance.store.create(id, session));
        add(id, "create " + session.data().toJson(), answer, SessionModel.create(session, answer.isKnown()),
                DataModel.create(session, answer.isKnown()));
        count(answer.isKnown() ? "created" : "failed");
    }

    /** True if the new session was stored. */
    boolean replace(Instance instance, SessionId old, Presented presented, SessionId id, NewSession session) {
        Answer<Replaced> answer = ask(instance, () -> instance.store.replace(old, presented, Duration.ZERO, id, session));
        DestroyResult ended = answer.isKnown() ? answer.value.old() : null;
        add(old, "replace: " + ended, answer, SessionModel.destroy(presented, ended), DataModel.destroy(ended));
        boolean stored = ended != DestroyResult.SUPERSEDED;
        if (stored) {
            add(id, "create instead " + session.data().toJson(), answer, SessionModel.create(session, answer.isKnown()),
                    DataModel.create(session, answer.isKnown()));
        }
        count(!answer.isKnown() ? "failed" : stored ? "replaced" : "not replaced");
        return stored;
    }

    void destroy(Instance instance, SessionId id, Presented presented) {
        Answer<DestroyResult> answer = ask(instance, () -> instance.store.destroy(id, presented));
        add(id, "destroy by client: " + answer.value, answer, SessionModel.destroy(presented, answer.value),
                DataModel.destroy(answer.value));
        count(!answer.isKnown() ? "failed" : "by client " + answer.value);
    }

    void destroy(Instance instance, SessionId id) {
        Answer<Boolean> answer = ask(instance, () -> instance.store.destroy(id));
        add(id, "destroy: " + answer.value, answer, SessionModel.destroy(answer.value), DataModel.destroy(answer.value));
        count(!answer.isKnown() ? "failed" : answer.value ? "destroyed" : "destroyed none");
    }

    /** @param change the change of which the update was made */
    @Nullable
    UpdateResult update(Instance instance, SessionId id, SessionUpdate update, Change change) {
        Answer<UpdateResult> answer = ask(instance, () -> instance.store.update(id, update));
        String result = !answer.isKnown() ? "failed"
                : answer.value instanceof Updated updated ? updated.token().toString()
                        : answer.value.getClass().getSimpleName();
        String tokenChange = update.tokenChange().getClass().getSimpleName();
        add(id, "update of v" + update.basis().version() + " by "
                + SessionModel.brief(update.presented() == null ? null : update.presented().token()) + ' ' + tokenChange
                + ' ' + change + ": set " + update.changed() + " unset " + update.removed() + " expected "
                + (update.expected().all() ? "all" : update.expected().fields()) + ": " + result + ' ' + describe(answer.value),
                answer, SessionModel.update(update, answer.value), DataModel.update(change, update, answer.value));
        count(answer.isKnown() ? tokenChange + ' ' + result : "failed");
        return answer.value;
    }

    /** How often what has happened. */
    public Map<String, LongAdder> tally() {
        return tally;
    }

    /** The calls of each session, as calls of a store. */
    Calls<SessionModel> sessions() {
        return sessions;
    }

    /** The same calls, as reads and changes of its data. */
    Calls<DataModel> data() {
        return data;
    }

    /** Calls by session. */
    static final class Calls<S> {

        private final Map<SessionId, Queue<Call<S>>> calls = new ConcurrentHashMap<>();

        private void add(SessionId id, Call<S> call) {
            calls.computeIfAbsent(id, key -> new ConcurrentLinkedQueue<>()).add(call);
        }

        /** Hands over each session's calls, and forgets them. */
        void drain(BiConsumer<SessionId, List<Call<S>>> check) {
            calls.forEach((id, queue) -> check.accept(id, new ArrayList<>(queue)));
            calls.clear();
        }
    }

    private <T> Answer<T> ask(Instance instance, Supplier<CompletionStage<T>> call) {
        AtomicReference<CompletionStage<T>> asked = new AtomicReference<>();
        long invoked = clock.incrementAndGet();
        try {
            instance.caller.execute(() -> asked.set(call.get()));
            T value = asked.get().toCompletableFuture().join();
            return new Answer<>(value, invoked, clock.incrementAndGet());
        } catch (CompletionException e) {
            if (e.getCause() instanceof SessionStoreException) {
                return new Answer<>(null, invoked, Call.NEVER);
            }
            throw e;
        }
    }

    private void add(SessionId id, String name, Answer<?> answer, Step<SessionModel> step, Step<DataModel> dataStep) {
        sessions.add(id, new Call<>(name, answer.invoked, answer.returned, step));
        data.add(id, new Call<>(name, answer.invoked, answer.returned, dataStep));
    }

    private void count(String event) {
        tally.computeIfAbsent(event, key -> new LongAdder()).increment();
    }

    private static String describe(@Nullable UpdateResult result) {
        StoredSession session = result instanceof Updated updated ? updated.session()
                : result instanceof Changed changed ? changed.session() : null;
        return session == null ? "" : describe(session);
    }

    private static String describe(@Nullable StoredSession stored) {
        if (stored == null) {
            return "none";
        }
        SessionData data = stored.data();
        return "v" + stored.version() + data.toJson() + " token " + SessionModel.brief(stored.token().current())
                + ' ' + stored.token().kind();
    }

    private record Answer<T>(@Nullable T value, long invoked, long returned) {

        boolean isKnown() {
            return returned != Call.NEVER;
        }
    }
}
