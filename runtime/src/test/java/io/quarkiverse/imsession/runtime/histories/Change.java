package io.quarkiverse.imsession.runtime.histories;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;

import io.quarkiverse.imsession.FieldReads;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.runtime.model.Edit;
import io.quarkiverse.imsession.runtime.session.FieldChanges;
import io.quarkiverse.imsession.spi.Expected;

/** A change of data that a client asks for. */
sealed interface Change {

    /** What it makes of the data. */
    SessionData of(SessionData data);

    /** What it sends to a store that has had that data. */
    Sent sent(SessionData basis);

    /** The parts of an update. */
    record Sent(Map<String, String> changed, Set<String> removed, Expected expected) {
    }

    /** Sets and removes fields, whatever they are. */
    record Fields(Map<String, String> changed, Set<String> removed) implements Change {

        static final Fields NONE = new Fields(Map.of(), Set.of());

        @Override
        public SessionData of(SessionData data) {
            Map<String, String> after = new LinkedHashMap<>(data.toJson());
            after.putAll(changed);
            after.keySet().removeAll(removed);
            return SessionData.fromJson(after);
        }

        @Override
        public Sent sent(SessionData basis) {
            return new Sent(changed, removed, Expected.NOTHING);
        }

        @Override
        public String toString() {
            return "set " + changed + " unset " + removed;
        }
    }

    /** Reads some fields and writes others. */
    record Function(String name, UnaryOperator<SessionData> function) implements Change {

        @Override
        public SessionData of(SessionData data) {
            return function.apply(data);
        }

        @Override
        public Sent sent(SessionData basis) {
            FieldReads reads = new FieldReads(basis);
            SessionData after = reads.apply(basis, function);
            return new Sent(FieldChanges.set(basis, after), FieldChanges.removed(basis, after), Expected.of(reads));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** @param own a field that only one client sets */
    static Change random(SessionData basis, String own, Random random) {
        Edit edit = Edit.random(basis, random);
        Fields fields = new Fields(edit.data().with(own, random.nextInt(1000)).toJson(), edit.removed());
        return random.nextBoolean() ? fields : function(fields, own, random);
    }

    private static Function function(Fields fields, String own, Random random) {
        String field = Edit.randomField(random);
        String other = Edit.randomField(random);
        String more = Edit.randomField(random);
        return switch (random.nextInt(9)) {
            case 0 -> new Function("raise " + field, data -> data.with(field, number(data, field) + 1));
            case 1 -> new Function("copy " + field + " to " + other, data -> data.contains(field)
                    ? data.with(other, number(data, field))
                    : data.without(other));
            case 2 -> new Function("add " + field + " and " + other + " to " + more,
                    data -> data.with(more, number(data, field) + number(data, other)));
            case 3 -> new Function("add " + field + " and " + other + " to " + own,
                    data -> data.with(own, number(data, field) + number(data, other)));
            case 4 -> new Function("remove " + more + " if " + field + " equals " + other,
                    data -> number(data, field) == number(data, other) ? data.without(more) : data);
            case 5 -> new Function("count fields in " + field, data -> data.with(field, data.names().size()));
            case 6 -> new Function("keep only " + field, data -> SessionData.of(own, number(data, field)));
            case 7 -> new Function("length of text to " + own,
                    data -> data.with(own, data.get(Edit.TEXT, String.class).orElse("").length()));
            default -> new Function("copy " + field + " to " + own + ", remove " + fields.removed,
                    data -> data.with(own, number(data, field)).without(fields.removed.toArray(String[]::new)));
        };
    }

    private static int number(SessionData data, String field) {
        return data.get(field, Integer.class).orElse(0);
    }
}
