package io.quarkiverse.imsession;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;

class SessionDataTest {

    record Item(String name, int count, BigDecimal price) {
    }

    record Cart(List<Item> items, Map<DayOfWeek, Optional<Instant>> delivery) {
    }

    static Stream<Object> values() {
        return Stream.of("", "text", "\"quoted\" \\ \n\u0000\u001f", "\u00e9\u4e16\ud83d\ude00", 0, -1, Integer.MAX_VALUE,
                Integer.MIN_VALUE,
                Long.MAX_VALUE, Long.MIN_VALUE, 1_000_000_000, 1.5, new BigDecimal("12345678901234567890.123456789"), true,
                false,
                DayOfWeek.MONDAY, Instant.parse("2026-11-22T20:36:00.123456789Z"), LocalDate.of(2026, 2, 28),
                Duration.ofDays(3),
                UUID.fromString("0b0e3a3c-6f0c-4a8e-9d2d-9f3f0a1b2c3d"),
                new Cart(List.of(new Item("a", 1, BigDecimal.TEN)), Map.of(DayOfWeek.FRIDAY, Optional.of(Instant.EPOCH))));
    }

    @ParameterizedTest
    @MethodSource("values")
    void everyValueIsReadBackAsItWasWritten(Object value) {
        SessionData data = SessionData.of("field", value);
        assertThat(data.get("field", value.getClass())).contains(castToItsClass(value));
        SessionData stored = SessionData.fromJson(data.toJson());
        assertThat(stored).isEqualTo(data);
        assertThat(stored.get("field", value.getClass())).contains(castToItsClass(value));
    }

    @SuppressWarnings("unchecked")
    private static <T> T castToItsClass(Object value) {
        return (T) value;
    }

    @Test
    void genericTypesAreReadWithATypeReference() {
        List<Item> items = List.of(new Item("a", 1, BigDecimal.ONE), new Item("b", 2, BigDecimal.TEN));
        assertThat(SessionData.of("items", items).get("items", new TypeReference<List<Item>>() {
        })).contains(items);
        assertThat(SessionData.of("ids", Set.of(1L)).get("ids", new TypeReference<Set<Long>>() {
        })).contains(Set.of(1L));
    }

    @Test
    void primitiveClassesCanBeAskedFor() {
        SessionData data = SessionData.of("i", 1, "l", 5_000_000_000L, "b", true);
        assertThat(data.get("i", int.class)).contains(1);
        assertThat(data.get("l", long.class)).contains(5_000_000_000L);
        assertThat(data.get("b", boolean.class)).contains(true);
    }

    @Test
    void missingFieldIsEmpty() {
        assertThat(SessionData.empty().get("a", String.class)).isEmpty();
        assertThat(SessionData.empty().get("a", new TypeReference<List<String>>() {
        })).isEmpty();
        assertThat(SessionData.of("a", 1).contains("b")).isFalse();
    }

    @Test
    void withAndWithoutMakeNewData() {
        SessionData data = SessionData.of("a", 1);
        assertThat(data.with("b", 2)).isEqualTo(SessionData.of("b", 2, "a", 1));
        assertThat(data.with("a", 2).get("a", Integer.class)).contains(2);
        assertThat(data.without("a")).isEqualTo(SessionData.empty());
        assertThat(data.without("b", "c")).isSameAs(data);
        assertThat(data).isEqualTo(SessionData.of("a", 1));
    }

    @Test
    void equalValuesMakeEqualDataWhateverTheOrder() {
        Map<String, Integer> oneOrder = new LinkedHashMap<>();
        oneOrder.put("x", 1);
        oneOrder.put("y", 2);
        Map<String, Integer> otherOrder = new LinkedHashMap<>();
        otherOrder.put("y", 2);
        otherOrder.put("x", 1);
        assertThat(SessionData.of("map", oneOrder)).isEqualTo(SessionData.of("map", otherOrder));
        assertThat(SessionData.of("a", 1, "b", 2)).isEqualTo(SessionData.of("b", 2, "a", 1))
                .hasSameHashCodeAs(SessionData.of("b", 2, "a", 1));
        assertThat(SessionData.of("a", 1)).isNotEqualTo(SessionData.of("a", "1"));
    }

    @Test
    void changingAValueAfterwardsChangesNothing() {
        List<String> list = new ArrayList<>(List.of("a"));
        Date date = new Date(0);
        SessionData data = SessionData.of("list", list, "date", date);
        list.add("b");
        date.setTime(1);
        assertThat(data.get("list", new TypeReference<List<String>>() {
        })).contains(List.of("a"));

        data.get("list", new TypeReference<List<String>>() {
        }).orElseThrow().add("c");
        data.get("date", Date.class).orElseThrow().setTime(2);
        assertThat(data.get("list", new TypeReference<List<String>>() {
        })).contains(List.of("a"));
        assertThat(data.get("date", Date.class)).contains(new Date(0));
    }

    @Test
    void viewsCannotBeChanged() {
        SessionData data = SessionData.of("a", 1);
        assertThatThrownBy(() -> data.toJson().put("b", "2")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> data.names().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> data.asMap().put("b", 2)).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void sourceMapsAreCopied() {
        Map<String, Object> values = new HashMap<>(Map.of("a", 1));
        Map<String, String> json = new HashMap<>(Map.of("a", "1"));
        SessionData data = SessionData.of(values);
        SessionData stored = SessionData.fromJson(json);
        values.put("b", 2);
        json.put("b", "2");
        assertThat(data).isEqualTo(stored).isEqualTo(SessionData.of("a", 1));
    }

    @Test
    void asMapHoldsPlainJavaValues() {
        Map<String, Object> map = SessionData.of("s", "x", "n", 1, "b", true, "item", new Item("a", 1, BigDecimal.ONE)).asMap();
        assertThat(map).containsEntry("s", "x").containsEntry("n", 1).containsEntry("b", true).containsEntry("item",
                Map.of("name", "a", "count", 1, "price", 1));
    }

    @Test
    void halfASurrogatePairSurvivesTheStore() {
        String text = "a\ud83db\ude00\ud83d\ude00";
        SessionData data = SessionData.of("a", text, "list", List.of(text));
        String utf8 = new String(data.toJson().get("a").getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        assertThat(SessionData.fromJson(Map.of("a", utf8)).get("a", String.class)).contains(text);
        String list = new String(data.toJson().get("list").getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        assertThat(SessionData.fromJson(Map.of("list", list)).get("list", new TypeReference<List<String>>() {
        })).contains(List.of(text));
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "@", "@version" })
    void reservedAndEmptyNamesAreRefused(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> SessionData.of(name, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> SessionData.empty().with(name, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> SessionData.of(Map.of(name, 1)));
    }

    @ParameterizedTest
    @ValueSource(strings = { "a\ud83d", "\ude00", "\ude00\ud83d" })
    void nameThatIsNotValidUnicodeIsRefused(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> SessionData.of(name, 1)).withMessageContaining("valid Unicode");
        assertThat(SessionData.of("a\ud83d\ude00", 1).names()).containsExactly("a\ud83d\ude00");
    }

    @Test
    void whatMayBeStoredAsAReferenceIsWhatMayBeLookedUp() {
        for (Object value : List.of("ada", "\ud83d\ude00", "?", "\u0000", 7, true, DayOfWeek.MONDAY, new UUID(1, 2))) {
            assertThat(SessionData.of("a", value).reference("a")).contains(Reference.of("a", value));
        }
        for (Object value : List.of("", "x".repeat(257), "\ufffd", "\ud83d", "\ude00", "\ude00\ud83d", "a\ud83db")) {
            assertThatIllegalArgumentException().isThrownBy(() -> SessionData.of("a", value).reference("a"))
                    .withMessageContaining("'a'");
            assertThatIllegalArgumentException().isThrownBy(() -> Reference.of("a", value)).withMessageContaining("'a'");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SessionData.fromJson(Map.of("a", "\"\\ud83d\"")).reference("a"));
    }

    @Test
    void nameAndNumberOfFieldsAreBounded() {
        assertThatIllegalArgumentException().isThrownBy(() -> SessionData.of("a".repeat(129), 1)).withMessageContaining("128");
        Map<String, Integer> many = new HashMap<>();
        for (int i = 0; i <= SessionData.MAX_FIELDS; i++) {
            many.put("f" + i, i);
        }
        assertThatIllegalArgumentException().isThrownBy(() -> SessionData.of(many)).withMessageContaining("512");
    }

    @Test
    void nullIsRefusedWithTheNameOfTheField() {
        assertThatIllegalArgumentException().isThrownBy(() -> SessionData.of("state", null)).withMessageContaining("'state'")
                .withMessageContaining("without");
    }

    @Test
    void aNameCannotBeGivenTwice() {
        assertThatIllegalArgumentException().isThrownBy(() -> SessionData.of("a", 1, "a", 2)).withMessageContaining("'a'");
    }

    @Test
    void valueThatCannotBeWrittenIsRefusedAtTheCall() {
        assertThatExceptionOfType(SessionEncodingException.class).isThrownBy(() -> SessionData.of("thing", new Object()))
                .withMessageContaining("'thing'").withMessageContaining("java.lang.Object");
        assertThatExceptionOfType(SessionEncodingException.class).isThrownBy(() -> SessionData.of("self", selfContaining()))
                .withMessageContaining("'self'");
        assertThatExceptionOfType(SessionEncodingException.class).isThrownBy(() -> SessionData.of("bad", new Failing()))
                .withMessageContaining("'bad'").withMessageNotContaining("top secret").withNoCause();
    }

    private static List<Object> selfContaining() {
        List<Object> list = new ArrayList<>();
        list.add(list);
        return list;
    }

    public static final class Failing {
        public String getValue() {
            throw new IllegalStateException("top secret");
        }
    }

    /**
     * What GraalVM throws where a registration is missing: its class, and whose subclass it is, differ from version to version.
     */
    static Stream<Error> errorsOfNativeImages() {
        return Stream.of(new Error("top secret") {
        }, new LinkageError("top secret"));
    }

    @ParameterizedTest
    @MethodSource("errorsOfNativeImages")
    void typeThatIsNotRegisteredInANativeImageIsAClearErrorThatNamesTheAnnotation(Error error) {
        Unregistered.error = error;
        assertThatExceptionOfType(SessionEncodingException.class).isThrownBy(() -> SessionData.of("cart", new Unregistered()))
                .withMessageContaining("'cart'").withMessageContaining(Unregistered.class.getName())
                .withMessageContaining("@RegisterForReflection").withMessageNotContaining("top secret").withNoCause();
        assertThatExceptionOfType(SessionDecodingException.class)
                .isThrownBy(() -> SessionData.fromJson(Map.of("cart", "\"tea\"")).get("cart", Unregistered.class))
                .withMessageContaining("'cart'").withMessageContaining(Unregistered.class.getName())
                .withMessageContaining("@RegisterForReflection").withMessageNotContaining("top secret").withNoCause();
    }

    @Test
    void typeWithoutPropertiesIsAClearErrorThatNamesTheAnnotation() {
        assertThatExceptionOfType(SessionEncodingException.class).isThrownBy(() -> SessionData.of("cart", new Object()))
                .withMessageContaining("no properties discovered").withMessageContaining("@RegisterForReflection");
    }

    @Test
    void errorOfTheVirtualMachineIsLeftAlone() {
        Unregistered.error = new OutOfMemoryError();
        assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(() -> SessionData.of("cart", new Unregistered()));
    }

    /** Fails as Jackson does when it looks at a type. */
    @JsonSerialize(using = Unregistered.Writer.class)
    @JsonDeserialize(using = Unregistered.Reader.class)
    static final class Unregistered {

        static Error error;

        static final class Writer extends JsonSerializer<Unregistered> {
            @Override
            public void serialize(Unregistered value, JsonGenerator out, SerializerProvider serializers) {
                throw error;
            }
        }

        static final class Reader extends JsonDeserializer<Unregistered> {
            @Override
            public Unregistered deserialize(JsonParser parser, DeserializationContext context) {
                throw error;
            }
        }
    }

    static Stream<Runnable> wrongTypes() {
        SessionData data = SessionData.of("field", "top secret", "number", 1.5, "text", "12");
        return Stream.of(() -> data.get("field", Integer.class), () -> data.get("field", Item.class),
                () -> data.get("field", DayOfWeek.class), () -> data.get("number", Integer.class),
                () -> data.get("text", Integer.class), () -> data.get("text", long.class),
                () -> data.get("field", new TypeReference<List<Item>>() {
                }), () -> SessionData.fromJson(Map.of("field", "{not json")).get("field", String.class),
                () -> SessionData.fromJson(Map.of("field", "\"a\" \"b\"")).get("field", String.class),
                () -> SessionData.fromJson(Map.of("field", "[".repeat(5000))).get("field", Object.class),
                () -> SessionData.fromJson(Map.of("field", "[")).asMap());
    }

    @ParameterizedTest
    @MethodSource("wrongTypes")
    void wrongTypeNamesFieldAndTypeButNotTheValue(Runnable read) {
        assertThatThrownBy(read::run).isInstanceOf(SessionDecodingException.class)
                .hasMessageMatching("(?s).*'(field|number|text)'.*")
                .hasMessageNotContaining("top secret").hasNoCause();
    }

    @ParameterizedTest
    @MethodSource("valuesThatJacksonCannotMake")
    void typeThatJacksonCannotMakeIsAnErrorThatNamesItAndTheMend(Object value, TypeReference<?> type, Class<?> part) {
        SessionData data = SessionData.of("field", value);
        assertThatExceptionOfType(SessionDecodingException.class).isThrownBy(() -> data.get("field", type))
                .withMessageContaining("'field' cannot be read as " + type.getType().getTypeName()
                        + ", as Jackson has no way to make a " + part.getName())
                .withMessageContaining("Make that a record, annotate one of its constructors with @JsonCreator")
                .withMessageContaining("@JsonTypeInfo").withMessageNotContaining("Ask for the type that was stored")
                .withMessageNotContaining("top secret").withNoCause();
    }

    static List<Arguments> valuesThatJacksonCannotMake() {
        return List.of(
                Arguments.of(new TwoConstructors("top secret", 1), new TypeReference<TwoConstructors>() {
                }, TwoConstructors.class),
                Arguments.of(List.of(new Circle("top secret")), new TypeReference<List<Shape>>() {
                }, Shape.class),
                Arguments.of(new Drawing(new Circle("top secret")), new TypeReference<Drawing>() {
                }, Shape.class));
    }

    interface Shape {
    }

    record Circle(String name) implements Shape {
    }

    record Drawing(Shape shape) {
    }

    static final class TwoConstructors {

        private final String name;
        private final int count;

        TwoConstructors(String name) {
            this(name, 1);
        }

        TwoConstructors(String name, int count) {
            this.name = name;
            this.count = count;
        }

        public String getName() {
            return name;
        }

        public int getCount() {
            return count;
        }
    }

    @Test
    void nameOfAClassInTheStoreMakesNoObjectOfIt() {
        SessionData data = SessionData.fromJson(Map.of("list", "[\"java.io.File\",\"/\"]",
                "object", "{\"@class\":\"java.io.File\",\"@type\":\"java.io.File\"}"));
        assertThat(data.get("list", Object.class)).contains(List.of("java.io.File", "/"));
        assertThat(data.get("object", Object.class)).contains(Map.of("@class", "java.io.File", "@type", "java.io.File"));
    }

    @Test
    void unknownPropertiesOfANewerVersionAreIgnored() {
        SessionData newer = SessionData.fromJson(Map.of("item", "{\"name\":\"a\",\"count\":1,\"price\":1,\"colour\":\"red\"}"));
        assertThat(newer.get("item", Item.class)).contains(new Item("a", 1, BigDecimal.ONE));
    }

    @Test
    void sizeIsThatOfTheStoredBytes() {
        SessionData data = SessionData.of("\u00e9", "\u4e16\ud83d\ude00", "n", 12);
        long expected = data.toJson().entrySet().stream()
                .mapToLong(e -> e.getKey().getBytes(StandardCharsets.UTF_8).length
                        + e.getValue().getBytes(StandardCharsets.UTF_8).length)
                .sum();
        assertThat(data.sizeInBytes()).isEqualTo(expected);
    }

    @Test
    void textFormShowsNamesButNoValues() {
        assertThat(SessionData.of("user", "top secret")).hasToString("SessionData[user]");
    }

    private record Nested(Nested inner) {
    }

    @Test
    void valueThatIsTooDeepForTheStackOfAThreadIsAClearError() {
        String deep = "{\"inner\":".repeat(900) + "null" + "}".repeat(900);
        assertThatThrownBy(() -> SessionData.fromJson(Map.of("a", deep)).get("a", Nested.class))
                .isInstanceOf(SessionDecodingException.class);
        Nested nested = null;
        for (int i = 0; i < 900; i++) {
            nested = new Nested(nested);
        }
        Nested tooDeep = nested;
        assertThatThrownBy(() -> SessionData.of("a", tooDeep)).isInstanceOf(SessionEncodingException.class);
    }

    @Test
    void whatIsNoTextOrNoJsonIsNoReference() {
        assertThatThrownBy(() -> SessionData.of("a", "\ufffd").reference("a")).isInstanceOf(IllegalArgumentException.class);
        for (String json : new String[] { "soon", "\ufffd", " ", "", "null", "7 8", "[1]", "{}" }) {
            assertThatThrownBy(() -> SessionData.fromJson(Map.of("a", json)).reference("a")).as(json)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
