package io.quarkiverse.imsession.runtime.model;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;

import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.spi.Expected;
import io.quarkiverse.imsession.spi.StoredSession;

/** A change of data: fields to set, and names of fields to remove. */
public record Edit(SessionData data, Set<String> removed) {

    /** The name of a field that has a short or a long text, if any. */
    public static final String TEXT = "text";

    private static final int FIELDS = 5;
    /** Names of fields that no edit sets. */
    private static final List<String> ABSENT = List.of("absent", "f 0", "\u00e9", "-", "=");
    private static final List<String> NAMES = List.of("f0", "f1", "f2", "f3", "f4", TEXT, "user_id", "ip");
    /** Some are longer than their digest, and differ only at the end or only in their encoding. */
    private static final List<String> TEXTS = List.of("", "x", "y".repeat(38), "y".repeat(39), "y".repeat(38) + 'z',
            "y".repeat(1000), "\u00e9".repeat(38), "\u00e9".repeat(39), "\ud83d\ude00".repeat(20));

    /** Sets and removes, references as well. Now and then it sets what is there already. */
    public static Edit random(SessionData before, Random random) {
        Edit set = random.nextInt(10) < 7 ? randomSet(random) : new Edit(SessionData.empty(), Set.of());
        if (random.nextInt(6) > 0) {
            return set;
        }
        Set<String> removed = new HashSet<>(randomUnset(random).removed);
        removed.removeAll(set.data.names());
        return new Edit(set.data, removed);
    }

    /** The name of a field that has a number, if any. */
    public static String randomField(Random random) {
        return "f" + random.nextInt(FIELDS);
    }

    static Edit randomSet(Random random) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            values.put(randomField(random), random.nextInt(9));
        }
        if (random.nextInt(4) == 0) {
            values.put(TEXT, Values.random(TEXTS, random));
        }
        for (String field : new String[] { "user_id", "ip" }) {
            if (random.nextInt(3) == 0) {
                values.put(field, Values.random(field, random));
            }
        }
        return new Edit(SessionData.of(values), Set.of());
    }

    static Edit randomUnset(Random random) {
        Set<String> names = new HashSet<>();
        if (random.nextBoolean()) {
            names.add(randomField(random));
        }
        if (random.nextInt(4) == 0) {
            names.add(random.nextBoolean() ? "user_id" : "ip");
        }
        if (random.nextInt(6) == 0) {
            names.add(TEXT);
        }
        return new Edit(SessionData.empty(), names);
    }

    /** What an update may expect: nothing, everything, or some fields, also absent ones. */
    static Expected randomExpected(Random random) {
        int dice = random.nextInt(10);
        if (dice < 4) {
            return Expected.NOTHING;
        }
        if (dice < 5) {
            return Expected.EVERYTHING;
        }
        Set<String> names = new HashSet<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            names.add(Values.random(random.nextInt(6) == 0 ? ABSENT : NAMES, random));
        }
        return new Expected(names, false);
    }

    /** Whether what is expected differs between two versions of a session: by the plain rule, not by the code under test. */
    static boolean differs(Expected expected, StoredSession loaded, StoredSession later) {
        return differs(expected, loaded, later.version(), later.data());
    }

    static boolean differs(Expected expected, StoredSession loaded, long version, SessionData data) {
        return loaded.version() != version && (expected.all() || expected.fields().stream()
                .anyMatch(field -> !Objects.equals(loaded.data().toJson().get(field), data.toJson().get(field))));
    }

    public Map<String, String> changed() {
        return data.toJson();
    }

    SessionData applied(SessionData before) {
        SessionData after = before;
        for (String name : data.names()) {
            after = after.with(name, data.get(name, Object.class).orElseThrow());
        }
        return after.without(removed.toArray(String[]::new));
    }

    boolean touchesReferences() {
        return Values.REFERENCES.stream().anyMatch(field -> data.contains(field) || removed.contains(field));
    }

    @Override
    public String toString() {
        return "set " + data.toJson() + " unset " + removed;
    }
}
