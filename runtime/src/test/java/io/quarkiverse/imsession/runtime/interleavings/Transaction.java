package io.quarkiverse.imsession.runtime.interleavings;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.SessionData;

/** What a request has asked for from one commit to the next. */
final class Transaction {

    private final List<UnaryOperator<SessionData>> changes = new ArrayList<>();
    private final List<String> texts = new ArrayList<>();
    private CompletableFuture<?> stored = CompletableFuture.completedFuture(null);
    private @Nullable SessionData seen;
    private boolean renews;

    void add(String text, UnaryOperator<SessionData> change) {
        texts.add(text);
        changes.add(change);
    }

    void renew() {
        renews = true;
    }

    boolean renews() {
        return renews;
    }

    void commit(CompletableFuture<?> commit) {
        stored = commit;
    }

    /** The request has seen this after its commit. */
    void sees(SessionData data) {
        seen = data;
    }

    boolean isOver() {
        return stored.isDone();
    }

    @Nullable
    Throwable failure() {
        return stored.handle((result, failure) -> failure).join();
    }

    /** The data after this transaction alone; null if it would have failed, or if the request would have seen other data. */
    @Nullable
    SessionData apply(SessionData data) {
        SessionData after = data;
        try {
            for (UnaryOperator<SessionData> change : changes) {
                after = change.apply(after);
            }
        } catch (Step.Refused e) {
            return null;
        }
        return seen == null || seen.equals(after) ? after : null;
    }

    @Override
    public String toString() {
        return texts + (renews ? " renews" : "") + (seen == null ? "" : " sees " + seen.toJson());
    }
}
