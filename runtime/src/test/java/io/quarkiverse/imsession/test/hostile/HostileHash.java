package io.quarkiverse.imsession.test.hostile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.quarkiverse.imsession.spi.SessionToken;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * What may be found in Redis under the key of a session.
 *
 * @param type what kind of key it is: {@code hash}, or the command that makes another one
 * @param changes fields of a sound session that are set to another text, or removed if that is {@link #REMOVED}
 * @param previous whether the client presents the previous token
 * @param write whether the application changes the session
 */
public record HostileHash(String type, Map<String, String> changes, boolean previous, boolean write) {

    private static final String REMOVED = "~removed";
    private static final String NOW = "~now:";
    private static final String CURRENT_HASH = "~current";
    private static final String PREVIOUS_HASH = "~previous";
    private static final long DAY = 86_400_000L;

    /** Names of parts of a field, behind the name of the field. */
    private static final List<String> META_PARTS = List.of("@meta.token", "@meta.created", "@meta.expires", "@meta.version");
    private static final List<String> PREVIOUS_PARTS = List.of("@previous.token", "@previous.grace", "@previous.seen");

    private static final Map<String, String> SOUND = Map.of("@meta.token", CURRENT_HASH, "@meta.created", NOW + -DAY,
            "@meta.expires", NOW + DAY, "@meta.version", "3", "user_id", "7", "theme", "\"dark\"");
    private static final String[] META = { "@meta.token", "@meta.created", "@meta.expires", "@meta.version", "@previous.token",
            "@previous.grace", "@previous.seen", "@meta", "@previous", "@renewed", "@timeout", "@csrf", "@authenticated",
            "@label", "@agent", "@address", "@moved", "@ref:user_id", "@", "@unknown", "user_id" };
    private static final String[] NUMBERS = { "", "0", "-1", "1", "+5", " 5", "5 ", "05", "1.5", "1e5", "1E400", "0x10", "NaN",
            "nan",
            "inf", "Infinity", "-Infinity", "9223372036854775807", "-9223372036854775808", "9223372036854775808",
            "99999999999999", "100000000000000", "999999999999999", "9007199254740993", "-99999999999999",
            "31556889864403199000",
            HostileTexts.utf8("\u0663\u0664\u0665"), HostileTexts.utf8("\uff11\uff12"), "1_000", "soon", "null", "true",
            "\"1\"", "9".repeat(400), "0".repeat(400) + "1" };

    /** Sound sessions with some damage. */
    public static Arbitrary<HostileHash> hashes() {
        Arbitrary<Map<String, String>> damage = Combinators.combine(meta(), states(), data()).as((meta, state, data) -> {
            Map<String, String> changes = new LinkedHashMap<>(data);
            changes.putAll(state);
            changes.putAll(meta);
            return changes;
        });
        return Combinators.combine(
                Arbitraries.frequency(Tuple.of(20, "hash"), Tuple.of(1, "SET"), Tuple.of(1, "RPUSH"), Tuple.of(1, "SADD"),
                        Tuple.of(1, "ZADD"), Tuple.of(1, "XADD")),
                damage, Arbitraries.frequency(Tuple.of(3, false), Tuple.of(1, true)), Arbitraries.of(false, true))
                .as(HostileHash::new);
    }

    private static Arbitrary<Map<String, String>> meta() {
        Arbitrary<String> text = Arbitraries.frequencyOf(Tuple.of(24, Arbitraries.of(NUMBERS)),
                Tuple.of(12, Arbitraries.longs().between(-3 * DAY, 3 * DAY).map(delta -> NOW + delta)),
                Tuple.of(12, Arbitraries.longs().map(String::valueOf)), Tuple.of(12, Arbitraries.just(REMOVED)),
                Tuple.of(6, Arbitraries.of(CURRENT_HASH, PREVIOUS_HASH)), Tuple.of(6, HostileTexts.bytes(60)),
                Tuple.of(6, HostileTexts.unicode(20)), Tuple.of(1, HostileTexts.huge(300_000)));
        return Arbitraries.maps(Arbitraries.of(META), text).ofMaxSize(4);
    }

    /** What a session looks like after a timed renewal, and shortly before one. */
    private static Arbitrary<Map<String, String>> states() {
        return Arbitraries.of(Map.of(), Map.of(), Map.of("@meta.expires", NOW + 60_000), renewed(5000, false),
                renewed(-5000, false), renewed(-5000, true), Map.of("@timeout", "3600000", "@meta.expires", NOW + 600_000),
                Map.of("@ref:user_id", NOW + 2 * DAY));
    }

    private static Map<String, String> renewed(long graceMillis, boolean seen) {
        return Map.of("@previous.token", PREVIOUS_HASH, "@previous.grace", NOW + graceMillis, "@previous.seen",
                seen ? "1" : "0",
                "@renewed", NOW + -15_000);
    }

    private static Arbitrary<Map<String, String>> data() {
        Arbitrary<String> name = Arbitraries.frequencyOf(
                Tuple.of(6, Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(8)),
                Tuple.of(1, HostileTexts.bytes(12)), Tuple.of(1, HostileTexts.huge(300)),
                Tuple.of(2, Arbitraries.of("user_id", "views")));
        Arbitrary<Map<String, String>> few = Arbitraries.maps(name, HostileJson.texts()).ofMaxSize(4);
        Arbitrary<Map<String, String>> many = Arbitraries.integers().between(505, 520).map(HostileHash::many);
        return Arbitraries.frequencyOf(Tuple.of(30, few), Tuple.of(1, many));
    }

    private static Map<String, String> many(int count) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            fields.put("f" + i, "1");
        }
        return fields;
    }

    /** The commands that put it there. */
    public List<List<String>> commands(String key, SessionToken current, SessionToken superseded, long nowMillis) {
        List<List<String>> commands = new ArrayList<>();
        commands.add(List.of("DEL", key));
        switch (type) {
            case "hash" -> {
                List<String> command = new ArrayList<>(List.of("HSET", key));
                fields(current, superseded, nowMillis).forEach((name, value) -> command.addAll(List.of(name, value)));
                if (command.size() > 2) {
                    commands.add(command);
                }
            }
            case "ZADD" -> commands.add(List.of(type, key, "1", "@token"));
            case "XADD" -> commands.add(List.of(type, key, "*", "@token", current.hash().value()));
            default -> commands.add(List.of(type, key, "@token"));
        }
        commands.add(List.of("PEXPIRE", key, "600000"));
        return commands;
    }

    private Map<String, String> fields(SessionToken current, SessionToken superseded, long nowMillis) {
        Map<String, String> fields = new LinkedHashMap<>(SOUND);
        fields.putAll(changes);
        fields.values().removeIf(REMOVED::equals);
        fields.replaceAll((name, text) -> text.startsWith(NOW)
                ? Long.toString(nowMillis + Long.parseLong(text.substring(NOW.length())))
                : text.equals(CURRENT_HASH) ? current.hash().value()
                        : text.equals(PREVIOUS_HASH) ? superseded.hash().value() : text);
        join(fields, "@meta", META_PARTS);
        join(fields, "@previous", PREVIOUS_PARTS);
        return fields;
    }

    /** Puts parts into one field, unless it was set as a whole. */
    private static void join(Map<String, String> fields, String name, List<String> parts) {
        List<String> there = parts.stream().map(fields::get).filter(Objects::nonNull).toList();
        fields.keySet().removeAll(parts);
        if (!there.isEmpty()) {
            fields.putIfAbsent(name, String.join(" ", there));
        }
    }

    /** What of it Redis holds, short enough for a reader. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(type).append(previous ? " with the previous token" : "")
                .append(write ? ", written" : ", read");
        changes.forEach((name, value) -> text.append("\n  ").append(HostileTexts.printable(name)).append(" = ")
                .append(HostileTexts.printable(value)));
        return text.toString();
    }
}
