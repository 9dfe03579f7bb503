package io.quarkiverse.imsession;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import com.fasterxml.jackson.core.type.TypeReference;

class FieldReadsTest {

    private static final SessionData BASIS = SessionData.of("a", 1, "b", 2, "user", "ada");

    private static Arguments reading(String what, UnaryOperator<SessionData> change, String... names) {
        return Arguments.of(what, change, names);
    }

    static Stream<Arguments> someFields() {
        return Stream.of(
                reading("get", data -> data.with("a", data.get("a", Integer.class).orElseThrow() + 1), "a"),
                reading("get of a type", data -> data.with("a", data.get("b", new TypeReference<Integer>() {
                }).orElseThrow()), "b"),
                reading("contains", data -> data.contains("missing") ? data : data.with("missing", 1), "missing"),
                reading("reference", data -> data.with("a", data.reference("user").orElseThrow().value()), "user"),
                reading("only writes", data -> data.with("a", 5).with("new", 1)),
                reading("reads what it has written", data -> {
                    SessionData written = data.with("a", 5);
                    return written.with("b", written.get("a", Integer.class).orElseThrow());
                }),
                reading("sets a field to the value that it has", data -> data.with("a", 1).with("b", 3), "a"),
                reading("sets it back", data -> data.with("a", 5).with("a", 1), "a"),
                reading("removes", data -> data.without("a")),
                reading("removes an absent field", data -> data.without("missing", "a"), "missing"),
                reading("changes nothing", data -> data));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("someFields")
    void functionDependsOnTheFieldsThatItReadsOrLeavesAsTheyAre(String what, UnaryOperator<SessionData> change,
            String[] names) {
        FieldReads reads = new FieldReads(BASIS);
        SessionData result = reads.apply(BASIS, change);

        assertThat(result).isEqualTo(change.apply(BASIS));
        assertThat(reads.isAll()).isFalse();
        assertThat(reads.names()).containsExactlyInAnyOrder(names);
    }

    static Stream<Arguments> everything() {
        return Stream.of(
                reading("asMap", data -> SessionData.of(data.asMap()).with("a", 3)),
                reading("names", data -> data.names().isEmpty() ? data : data.with("a", 3)),
                reading("isEmpty", data -> data.isEmpty() ? data : data.with("a", 3)),
                reading("toJson", data -> SessionData.fromJson(data.toJson())),
                reading("sizeInBytes", data -> data.with("size", data.sizeInBytes())),
                reading("equals", data -> data.equals(BASIS) ? data.with("a", 3) : data),
                reading("equals of other data", data -> BASIS.equals(data) ? data.with("a", 3) : data),
                reading("hashCode", data -> data.with("hash", data.hashCode())),
                reading("toString", data -> data.with("text", data.toString())),
                reading("other data", data -> SessionData.of("a", 1)),
                reading("no data", data -> SessionData.empty()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("everything")
    void functionDependsOnEverythingIfItReadsAllOrReplacesAll(String what, UnaryOperator<SessionData> change,
            String[] none) {
        FieldReads reads = new FieldReads(BASIS);
        assertThat(reads.apply(BASIS, change)).isNotNull();
        assertThat(reads.isAll()).isTrue();
    }

    @Test
    void fieldsThatWereChangedBeforeAreNotReadFromTheStore() {
        FieldReads reads = new FieldReads(BASIS);
        SessionData changed = BASIS.with("a", 7).without("b");
        reads.apply(changed,
                data -> data.with("user", data.get("a", Integer.class).orElseThrow() + (data.contains("b") ? 1 : 0)));
        assertThat(reads.names()).isEmpty();
    }

    @Test
    void readsOfSeveralFunctionsAddUp() {
        FieldReads reads = new FieldReads(BASIS);
        SessionData first = reads.apply(BASIS, data -> data.with("x", data.get("a", Integer.class).orElseThrow()));
        reads.apply(first, data -> data.with("y", data.get("b", Integer.class).orElseThrow()));
        assertThat(reads.names()).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void dataThatAFunctionKeepsIsWorthlessForLaterFunctions() {
        FieldReads first = new FieldReads(BASIS);
        SessionData[] kept = new SessionData[1];
        first.apply(BASIS, data -> kept[0] = data.with("c", 1));
        FieldReads second = new FieldReads(BASIS);
        second.apply(BASIS, data -> kept[0].with("d", 1));
        assertThat(second.isAll()).isTrue();
    }

    @Test
    void resultNotesNothingAnyMore() {
        FieldReads reads = new FieldReads(BASIS);
        SessionData result = reads.apply(BASIS, data -> data.with("c", 1));
        assertThat(result.asMap()).isEqualTo(Map.of("a", 1, "b", 2, "user", "ada", "c", 1));
        assertThat(reads.isAll()).isFalse();
    }

    @Test
    void noResultIsNoResult() {
        assertThat(new FieldReads(BASIS).apply(BASIS, data -> null)).isNull();
    }
}
