package io.quarkiverse.imsession.runtime.model;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import io.quarkiverse.imsession.SessionData;

/** A change of data: fields to set, and names of fields to remove. */
public record Edit(SessionData data, Set<String> removed) {

    private static final int FIELDS = 5;

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
        return new Edit(SessionData.empty(), names);
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
