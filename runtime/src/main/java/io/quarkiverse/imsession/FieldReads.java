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
    /** Null if no field was read. Guarded by this, as a function may hand its data to other threads. */
    private @Nullable Set<String> names;
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

    /** Whether all fields count as read. */
    public synchronized boolean isAll() {
        return all;
    }

    /** The names of the fields that were read; without meaning if {@link #isAll()}. */
    public synchronized Set<String> names() {
        return names == null ? Set.of() : Set.copyOf(names);
    }

    synchronized void note(String name, @Nullable String json) {
        if (!all && Objects.equals(json, basis.get(name))) {
            if (names == null) {
                names = new HashSet<>();
            }
            names.add(name);
        }
    }

    synchronized void noteAll() {
        all = true;
    }
}
