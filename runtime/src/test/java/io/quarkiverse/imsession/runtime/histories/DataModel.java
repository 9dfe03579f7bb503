package io.quarkiverse.imsession.runtime.histories;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.runtime.histories.Call.Step;
import io.quarkiverse.imsession.spi.DestroyResult;
import io.quarkiverse.imsession.spi.NewSession;
import io.quarkiverse.imsession.spi.SessionUpdate;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.spi.UpdateResult;
import io.quarkiverse.imsession.spi.UpdateResult.Changed;
import io.quarkiverse.imsession.spi.UpdateResult.Gone;
import io.quarkiverse.imsession.spi.UpdateResult.Updated;

/**
 * The data of one session if one operation comes after the other. It knows nothing of versions, tokens and of what an update
 * expects: only that an update must store what its change makes of the data.
 *
 * @param fields the fields as JSON texts; null if there is no session
 */
record DataModel(@Nullable Map<String, String> fields) {

    static final DataModel NONE = new DataModel(null);

    /** @param answered false if nobody knows whether it was stored */
    static Step<DataModel> create(NewSession session, boolean answered) {
        return before -> before.fields == null ? new DataModel(session.data().toJson()) : answered ? null : before;
    }

    static Step<DataModel> load(@Nullable StoredSession found) {
        return before -> found == null ? before.ifGone() : before.ifData(found);
    }

    /** @param ended null if nobody knows */
    static Step<DataModel> destroy(@Nullable Boolean ended) {
        return before -> ended == null || ended == (before.fields != null) ? NONE : null;
    }

    /** @param result null if nobody knows */
    static Step<DataModel> destroy(@Nullable DestroyResult result) {
        return before -> result == DestroyResult.SUPERSEDED ? before.ifAlive()
                : destroy(result == null ? null : result == DestroyResult.DESTROYED).apply(before);
    }

    /**
     * @param change the change of which the update was made
     * @param result null if nobody knows
     */
    static Step<DataModel> update(Change change, SessionUpdate update, @Nullable UpdateResult result) {
        return before -> {
            if (result instanceof Gone) {
                return before.ifGone();
            }
            if (result instanceof Changed changed) {
                return before.ifData(changed.session());
            }
            if (result != null && !(result instanceof Updated)) {
                return before.ifAlive();
            }
            if (before.fields == null) {
                return null;
            }
            DataModel after = before.with(update.changed(), update.removed());
            boolean isRight = change.of(SessionData.fromJson(before.fields)).toJson().equals(after.fields);
            return !isRight ? null
                    : result instanceof Updated updated && updated.session() != null ? after.ifData(updated.session()) : after;
        };
    }

    private @Nullable DataModel ifGone() {
        return fields == null ? this : null;
    }

    private @Nullable DataModel ifAlive() {
        return fields != null ? this : null;
    }

    private @Nullable DataModel ifData(StoredSession found) {
        return found.data().toJson().equals(fields) ? this : null;
    }

    private DataModel with(Map<String, String> changed, Set<String> removed) {
        Map<String, String> after = new HashMap<>(fields);
        after.putAll(changed);
        after.keySet().removeAll(removed);
        return new DataModel(after);
    }

    @Override
    public String toString() {
        return fields == null ? "none" : fields.toString();
    }
}
