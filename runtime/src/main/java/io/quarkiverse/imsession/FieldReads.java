package io.quarkiverse.imsession;

import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

/**
 * Notes which stored fields a function of {@link SessionData} depends on. As long as these fields keep their values, the
 * function would do the same with the session as it is stored now. A field counts as read if the function reads it, or leaves
 * it as it is by setting it to the value that it has; not if the function has set it before. For the extension and for tests.
 */
public final class FieldReads {

    private final Map<String, String> basis;
    /**
     * Immutable while it has one name only, as most functions read one. Guarded by this, as a function may hand its data to
     * other threads.
     */
    private Set<String> names = Set.of();
    /** Guarded by this. */
    private boolean all;

    /** @param basis the data as it was loaded from the store */
    public FieldReads(SessionData basis) {
        this.basis = basis.toJson();
    }

    /**
     * The result of a function of some data, whose reads are noted. A result that was not made from the data that the function
     * got replaces all data, and counts as a read of everything.
     *
     * @param data the basis with changes, or the basis
     * @param change called once
     * @return null if the function returned null
     */
    public @Nullable SessionData apply(SessionData data, UnaryOperator<SessionData> change) {
        SessionData noted = data.notedBy(this);
        SessionData result = change.apply(noted);
        if (result == null) {
            return null;
        }
        if (!result.isNotedBy(this)) {
            noteAll();
        }
        return result == noted ? data : result.notedBy(null);
    }

    /**
     * Some data with the fields set that differ between two others, and without those that only the first of these has. A field
     * that gets the value of the basis by that counts as read, as it is not sent to the store.
     *
     * @param data the data to change: {@code seen}, or what was made of it since
     */
    public SessionData set(SessionData data, SessionData seen, SessionData wanted) {
        Map<String, String> before = seen.toJson();
        Map<String, String> after = wanted.toJson();
        Map<String, String> changed = data == seen ? null : data.copyOfFields();
        after.forEach((name, json) -> {
            if (!json.equals(before.get(name))) {
                set(changed, name, json);
            }
        });
        before.keySet().forEach(name -> {
            if (!after.containsKey(name)) {
                set(changed, name, null);
            }
        });
        return changed == null ? wanted.notedBy(null) : SessionData.fromChecked(changed);
    }

    private void set(@Nullable Map<String, String> fields, String name, @Nullable String json) {
        note(name, json);
        if (fields != null && json != null) {
            fields.put(name, json);
        } else if (fields != null) {
            fields.remove(name);
        }
    }

    /** Whether all fields count as read. */
    public synchronized boolean isAll() {
        return all;
    }

    /** The names of the fields that were read; without meaning if {@link #isAll()}. */
    public synchronized Set<String> names() {
        return Set.copyOf(names);
    }

    void note(String name, @Nullable String json) {
        if (Objects.equals(json, basis.get(name))) {
            add(name);
        }
    }

    private synchronized void add(String name) {
        if (all || names.contains(name)) {
            return;
        }
        if (names.isEmpty()) {
            names = Set.of(name);
        } else {
            names = names.size() == 1 ? new HashSet<>(names) : names;
            names.add(name);
        }
    }

    synchronized void noteAll() {
        all = true;
    }
}
