package io.quarkiverse.imsession.runtime.session;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import io.quarkiverse.imsession.SessionData;

/** The difference between two values of a session's data. Only the difference is sent to a store. */
public final class FieldChanges {

    private FieldChanges() {
    }

    /** The fields that are new or have changed, as JSON texts. */
    public static Map<String, String> set(SessionData before, SessionData after) {
        Map<String, String> stored = before.toJson();
        Map<String, String> changed = new HashMap<>();
        after.toJson().forEach((name, json) -> {
            if (!json.equals(stored.get(name))) {
                changed.put(name, json);
            }
        });
        return changed;
    }

    /** The names of the removed fields. */
    public static Set<String> removed(SessionData before, SessionData after) {
        if (after.names().containsAll(before.names())) {
            return Set.of();
        }
        Set<String> removed = new HashSet<>(before.names());
        removed.removeAll(after.names());
        return removed;
    }
}
