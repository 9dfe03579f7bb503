package io.quarkiverse.imsession.runtime.session;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.type.TypeReference;

import io.quarkiverse.imsession.Flash;
import io.quarkiverse.imsession.SessionCommittedException;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.codec.FieldName;
import io.quarkiverse.imsession.codec.Utf8;
import io.quarkiverse.imsession.spi.SessionToken;
import io.quarkiverse.imsession.spi.StoredSession;

/**
 * The flash values of a session. Each is an attribute of its own, with a random mark in its name. So a request that reads a
 * value removes that one only, and not another one that a parallel request has put under the same name meanwhile.
 */
final class SessionFlash implements Flash {

    private static final int MARKS = 1 << 30;

    private final Supplier<SessionState> state;
    private final BiConsumer<String, UnaryOperator<SessionState>> changer;
    private final TokenCodec tokens;
    private final SessionPolicy policy;
    private final AtomicReference<Taken> taken = new AtomicReference<>(new Taken(null, Map.of()));

    /** @param changer changes the state; the text is the name of the method that asks for this */
    SessionFlash(Supplier<SessionState> state, BiConsumer<String, UnaryOperator<SessionState>> changer,
            TokenCodec tokens, SessionPolicy policy) {
        this.state = state;
        this.changer = changer;
        this.tokens = tokens;
        this.policy = policy;
    }

    @Override
    public void put(String name, Object value) {
        if (value == null) {
            throw new IllegalArgumentException("The flash value '" + name + "' is null. Put it only if there is one");
        }
        String json = SessionData.of(name, value).toJson().get(name);
        String mark = Integer.toString(ThreadLocalRandom.current().nextInt(MARKS), Character.MAX_RADIX);
        // A change that is repeated makes a session with the same token.
        SessionToken made = tokens.generate();
        changer.accept("flash().put", current -> {
            SessionState before = current.exists() ? current : current.withData(SessionData.empty(), made);
            Map<String, String> changes = without(under(name, before));
            changes.put(FieldName.FLASH + mark + ':' + name, json);
            SessionState after = before.with(changes);
            check(name, after);
            return after;
        });
    }

    private void check(String name, SessionState after) {
        if (names(after).size() > MAX_VALUES) {
            throw new IllegalArgumentException("A session has at most " + MAX_VALUES
                    + " flash values that no request has read, '" + name
                    + "' would be one more. Read them on the page that shows them, or put one list in place of many values");
        }
        policy.checkSize(after.data(), size(after));
    }

    @Override
    public <T> Optional<T> get(String name, Class<T> type) {
        return take(name, data -> data.get(name, type));
    }

    @Override
    public <T> Optional<T> get(String name, TypeReference<T> type) {
        return take(name, data -> data.get(name, type));
    }

    private <T> Optional<T> take(String name, Function<SessionData, Optional<T>> read) {
        ChangeFunction.checkNotWithin("ImSession.flash().get()");
        Objects.requireNonNull(name, "name");
        SessionState seen = state.get();
        SortedMap<String, String> kept = under(name, seen);
        String json = kept.isEmpty() ? taken(seen.id()).get(name) : kept.get(kept.lastKey());
        if (json == null) {
            return Optional.empty();
        }
        Optional<T> value = read.apply(SessionData.fromJson(Map.of(name, json)));
        if (!kept.isEmpty() && seen.obstacle() == null) {
            try {
                changer.accept("flash().get", current -> current.with(without(kept)));
                taken.updateAndGet(before -> before.with(seen.id(), name, json));
            } catch (SessionCommittedException ended) {
                // The response has ended, so the value stays for the next page.
            }
        }
        return value;
    }

    @Override
    public boolean contains(String name) {
        return names().contains(Objects.requireNonNull(name, "name"));
    }

    @Override
    public Set<String> names() {
        SessionState seen = state.get();
        Set<String> names = names(seen);
        names.addAll(taken(seen.id()).keySet());
        return Collections.unmodifiableSet(names);
    }

    /** What this request has read of the session that it sees, as JSON by names. */
    Map<String, String> taken() {
        return taken(state.get().id());
    }

    private Map<String, String> taken(@Nullable SessionId id) {
        Taken last = taken.get();
        return Objects.equals(last.from, id) ? last.values : Map.of();
    }

    /** Lets values that this request has read be gone for it too, as that is stored now. */
    void forget(Map<String, String> values) {
        taken.updateAndGet(last -> last.without(values));
    }

    /**
     * What a request has read.
     *
     * @param from the session; null if nothing was read
     * @param values as JSON by names
     */
    private record Taken(@Nullable SessionId from, Map<String, String> values) {

        Taken with(@Nullable SessionId id, String name, String json) {
            Map<String, String> more = new HashMap<>(Objects.equals(from, id) ? values : Map.of());
            more.put(name, json);
            return new Taken(id, Map.copyOf(more));
        }

        Taken without(Map<String, String> gone) {
            Map<String, String> left = new HashMap<>(values);
            left.entrySet().removeAll(gone.entrySet());
            return new Taken(from, Map.copyOf(left));
        }
    }

    /** The size of the values that no request has read, in bytes as they are stored. */
    static long size(SessionState state) {
        long size = 0;
        if (isIn(state.attributes()) || state.stored() != null && isIn(state.stored().attributes())) {
            for (Map.Entry<String, String> value : of(state).entrySet()) {
                size += Utf8.length(value.getKey()) + Utf8.length(value.getValue());
            }
        }
        return size;
    }

    /** Most sessions have no flash values, and each change of a session asks for their size. */
    private static boolean isIn(Map<String, String> attributes) {
        for (String name : attributes.keySet()) {
            if (FieldName.isFlash(name)) {
                return true;
            }
        }
        return false;
    }

    /** Whether these changes of attributes do no more than to remove values that were read. */
    static boolean isOnlyRead(Map<String, String> changes) {
        for (Map.Entry<String, String> change : changes.entrySet()) {
            if (!FieldName.isFlash(change.getKey()) || !change.getValue().isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /** The changes of attributes that remove values. */
    private static Map<String, String> without(Map<String, String> values) {
        Map<String, String> changes = new HashMap<>();
        values.keySet().forEach(attribute -> changes.put(attribute, ""));
        return changes;
    }

    private static Set<String> names(SessionState state) {
        Set<String> names = new TreeSet<>();
        of(state).keySet().forEach(attribute -> names.add(name(attribute)));
        return names;
    }

    /** The values of one name: several if parallel requests have put one each. */
    private static SortedMap<String, String> under(String name, SessionState state) {
        SortedMap<String, String> values = of(state);
        values.keySet().removeIf(attribute -> !name(attribute).equals(name));
        return values;
    }

    /** The values that no request has read, as JSON by names of attributes. */
    private static SortedMap<String, String> of(SessionState state) {
        SortedMap<String, String> values = new TreeMap<>();
        StoredSession stored = state.stored();
        if (stored != null) {
            add(values, stored.attributes());
        }
        if (state.exists()) {
            add(values, state.attributes());
        }
        values.values().removeIf(String::isEmpty);
        return values;
    }

    private static void add(Map<String, String> values, Map<String, String> attributes) {
        attributes.forEach((name, text) -> {
            if (FieldName.isFlash(name)) {
                values.put(name, text);
            }
        });
    }

    private static String name(String attribute) {
        return attribute.substring(attribute.indexOf(':', FieldName.FLASH.length()) + 1);
    }
}
