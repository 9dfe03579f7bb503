package io.quarkiverse.imsession.runtime.model;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import io.quarkiverse.imsession.Reference;
import io.quarkiverse.imsession.SessionData;

/** Few values for each reference, so that sessions and clients collide. */
public final class Values {

    public static final Set<String> REFERENCES = Set.of("user_id", "ip");

    private static final Map<String, List<Object>> POOLS = Map.of(
            "user_id", List.of(1, 2, 3, 4, 5, 6, "1", "ada", "b:c", "{d}", "}e", "f ", "\u00e9", "\ud83d\ude00", true),
            "ip", List.of("0.0.0.0", "::1", "10.0.0.1", "10.0.0.2", "10.0.0.3", "1", "user_id", "ada"));

    private Values() {
    }

    static Object random(String field, Random random) {
        List<Object> pool = POOLS.get(field);
        return pool.get(random.nextInt(pool.size()));
    }

    static Reference randomReference(Random random) {
        return random(all(), random);
    }

    static <T> T random(List<T> items, Random random) {
        return items.get(random.nextInt(items.size()));
    }

    /** In a fixed order. */
    public static List<Reference> all() {
        Set<Reference> all = new LinkedHashSet<>();
        for (String field : List.of("user_id", "ip")) {
            POOLS.get(field).forEach(value -> all.add(new Reference(field, value.toString())));
        }
        return List.copyOf(all);
    }

    /** The references of data: by the plain rule, not by the code under test. */
    public static Map<String, Reference> of(SessionData data) {
        Map<String, Reference> references = new HashMap<>();
        for (String field : REFERENCES) {
            data.get(field, Object.class).ifPresent(value -> references.put(field, new Reference(field, value.toString())));
        }
        return references;
    }
}
