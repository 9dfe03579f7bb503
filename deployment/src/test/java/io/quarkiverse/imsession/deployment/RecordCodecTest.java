package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.net.URI;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionDecodingException;

/** Records in the values of fields: what generated code writes is what Jackson writes, and it reads that. */
class RecordCodecTest {

    enum Colour {
        RED,
        GREEN {
            @Override
            boolean calm() {
                return true;
            }
        };

        boolean calm() {
            return false;
        }
    }

    enum Renamed {
        @JsonProperty("the one")
        ONE
    }

    record Scalars(String zText, int i, long l, boolean b, double d, float f, short s, byte y, char c, Integer boxedI,
            Long boxedL,
            Boolean boxedB, Double boxedD, Character aBoxedC) {
    }

    record Times(Instant instant, LocalDate date, LocalDateTime dateTime, OffsetDateTime offset, Duration duration,
            YearMonth month, ZoneId zone, DayOfWeek day) {
    }

    record Others(BigDecimal price, UUID uuid, URI uri, Locale locale, Colour colour, Renamed renamed, TimeUnit unit) {
    }

    record Item(String name, int cents) {
    }

    record Collections(List<Item> items, Set<Colour> colours, Collection<String> texts, Map<String, Item> byName,
            Map<Colour, Integer> byColour, Map<Integer, String> byNumber, Map<UUID, List<Optional<Item>>> deep,
            Optional<Item> item, Optional<List<Long>> numbers, Optional<Instant> since) {
    }

    record Page<T, K extends Comparable<K>>(List<T> rows, Optional<T> first, K key, Page<K, String> keys) {
    }

    record Pages(Page<Item, Integer> items, List<Page<Colour, String>> colours) {
    }

    record Tree(String name, List<Tree> children, Tree twin) {
    }

    record Names(@JsonProperty("user_id") long userId, String zoo, @JsonProperty("") String same, String abc) {
    }

    @JsonNaming(SnakeCaseStrategy.class)
    record Snakes(String firstName, @JsonProperty("LAST") String lastName) {
    }

    record WithGetter(String name, Colour colour) {
        public String getGreeting() {
            return "Hello " + name;
        }
    }

    record Formatted(@JsonFormat(pattern = "yyyy") LocalDate date, @JsonIgnore String secret,
            @JsonInclude(JsonInclude.Include.NON_NULL) String note, Item item) {
    }

    static final class Point {
        @JsonProperty
        private final int x;
        @JsonProperty
        private final int y;

        Point(@JsonProperty("x") int x, @JsonProperty("y") int y) {
            this.x = x;
            this.y = y;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Point point && point.x == x && point.y == y;
        }

        @Override
        public int hashCode() {
            return x ^ y;
        }
    }

    record Checked(String name) {
        Checked {
            if (name.isBlank()) {
                throw new IllegalArgumentException("secret " + name);
            }
        }
    }

    record Holder(Scalars scalars, Times times, Others others, Collections collections, Pages pages, Tree tree, Names names,
            Snakes snakes, WithGetter withGetter, Formatted formatted, Point point, Checked checked) {

        static Holder of(Object value) {
            Object[] values = new Object[12];
            int position = Arrays.stream(Holder.class.getRecordComponents()).map(component -> component.getType()).toList()
                    .indexOf(value.getClass());
            values[position] = value;
            return new Holder((Scalars) values[0], (Times) values[1], (Others) values[2], (Collections) values[3],
                    (Pages) values[4], (Tree) values[5], (Names) values[6], (Snakes) values[7], (WithGetter) values[8],
                    (Formatted) values[9], (Point) values[10], (Checked) values[11]);
        }
    }

    @BeforeAll
    static void generate() {
        GeneratedCodecs.of(RecordCodecTest.class, Holder.class);
    }

    static Stream<Object> values() {
        Item tea = new Item("Tea", 450);
        return Stream.of(
                new Scalars("a \"quoted\" \\ text\n\u2028 with ä, 🙂 and half a pair \ud83d", -7, Long.MIN_VALUE, true, 1.5e300,
                        -0f, Short.MIN_VALUE, Byte.MIN_VALUE, 'ß', Integer.MAX_VALUE, 0L, false, Double.NaN, '"'),
                new Scalars(null, 0, 0, false, Double.NEGATIVE_INFINITY, Float.NaN, (short) 0, (byte) 0, '\0', null, null, null,
                        null, null),
                new Times(Instant.parse("2026-01-02T03:04:05.678901Z"), LocalDate.EPOCH, LocalDateTime.of(2026, 1, 2, 3, 4),
                        OffsetDateTime.of(2026, 1, 2, 3, 4, 5, 0, ZoneOffset.UTC), Duration.ofMillis(90_001),
                        YearMonth.of(2026, 11), ZoneId.of("Europe/Paris"), DayOfWeek.FRIDAY),
                new Times(Instant.EPOCH, null, null, null, Duration.ZERO, null, null, null),
                new Others(new BigDecimal("1.10"), new UUID(1, 2), URI.create("https://example.org/?a=b"), Locale.GERMANY,
                        Colour.GREEN, Renamed.ONE, TimeUnit.DAYS),
                new Collections(List.of(tea, new Item(null, 0)), new TreeSet<>(List.of(Colour.RED, Colour.GREEN)),
                        List.of("z", "a"), Map.of("z", tea, "a", tea, "m", tea), Map.of(Colour.GREEN, 1, Colour.RED, 2),
                        Map.of(10, "ten", 9, "nine"), Map.of(new UUID(0, 0), List.of(Optional.of(tea), Optional.empty())),
                        Optional.of(tea), Optional.of(List.of(1L)), Optional.of(Instant.EPOCH)),
                new Collections(new ArrayList<>(Arrays.asList(tea, null)), Set.of(), List.of(), Map.of(), Map.of(), Map.of(),
                        Map.of(), Optional.empty(), Optional.of(List.of()), Optional.empty()),
                new Pages(new Page<>(List.of(tea), Optional.of(tea), 7, new Page<>(List.of(1), Optional.empty(), "k", null)),
                        List.of(new Page<>(List.of(Colour.RED), Optional.empty(), "x", null))),
                new Tree("root", List.of(new Tree("leaf", List.of(), null)), new Tree("twin", List.of(), null)),
                new Names(7, "z", "s", "a"),
                new Snakes("Ada", "Lovelace"),
                new WithGetter("Ada", Colour.RED),
                new Point(1, -2));
    }

    @ParameterizedTest
    @MethodSource("values")
    void isWrittenAsByJacksonAndReadBack(Object value) {
        Holder holder = Holder.of(value);
        String name = SessionData.empty().with(holder).names().iterator().next();

        assertThat(SessionData.of(holder)).isEqualTo(SessionData.of(name, value));
        assertThat(SessionData.of(name, value).as(Holder.class)).isEqualTo(holder);
    }

    @Test
    void whatJacksonHasToDoItDoes() {
        Formatted formatted = new Formatted(LocalDate.of(2026, 5, 4), "secret", null, new Item("Tea", 1));
        assertThat(SessionData.of(Holder.of(formatted)).toJson())
                .containsEntry("formatted", "{\"date\":\"2026\",\"item\":{\"name\":\"Tea\",\"cents\":1}}");
    }

    @Test
    void whatIsMissingInsideOfAValueIsZeroEmptyOrNull() {
        Holder holder = read("scalars", "{}");
        assertThat(holder.scalars()).isEqualTo(
                new Scalars(null, 0, 0, false, 0, 0, (short) 0, (byte) 0, '\0', null, null, null, null, null));
        assertThat(read("collections", "{\"items\":null,\"item\":null}").collections())
                .isEqualTo(new Collections(List.of(), Set.of(), List.of(), Map.of(), Map.of(), Map.of(), Map.of(),
                        Optional.empty(), Optional.empty(), Optional.empty()));
    }

    @Test
    void whatIsReadCannotBeModified() {
        Collections read = read("collections",
                "{\"items\":[{}],\"colours\":[\"RED\"],\"texts\":[\"a\"],\"byName\":{\"a\":{}}}").collections();
        assertThat(read.items()).isUnmodifiable();
        assertThat(read.texts()).isUnmodifiable();
        assertThatThrownBy(() -> read.colours().add(Colour.GREEN)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> read.byName().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void orderAndUnknownNamesDoNotMatter() {
        assertThat(read("names", " {\"abc\" : \"a\", \"new\":{\"deep\":[1,{}]}, \"user_id\":7} ").names())
                .isEqualTo(new Names(7, null, null, "a"));
    }

    static Stream<String> wrong() {
        return Stream.of("names|{\"user_id\":\"7\"}", "names|{\"user_id\":7.5}", "names|{\"user_id\":9223372036854775808}",
                "names|[]", "names|7", "names|", "names|{", "names|{} {}", "scalars|{\"i\":2147483648}", "scalars|{\"b\":1}",
                "scalars|{\"zText\":1}", "scalars|{\"c\":\"ab\"}", "others|{\"colour\":\"BLUE\"}", "others|{\"colour\":0}",
                "others|{\"uuid\":\"x\"}", "collections|{\"items\":{}}", "collections|{\"byName\":[]}",
                "collections|{\"byNumber\":{\"x\":\"\"}}", "times|{\"instant\":\"yesterday\"}", "checked|{\"name\":\" \"}",
                "checked|{}");
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void whatIsNoSuchValueFailsWithTheNamesOfFieldAndRecordOnly(String text) {
        String field = text.substring(0, text.indexOf('|'));
        String json = text.substring(text.indexOf('|') + 1);
        assertThatThrownBy(() -> read(field, json)).isInstanceOf(SessionDecodingException.class)
                .hasMessageContainingAll("'" + field + "'", Holder.class.getName()).hasNoCause()
                .message().doesNotContain("secret", "yesterday", "BLUE", "2147483648");
    }

    private static Holder read(String field, String json) {
        return SessionData.fromJson(Map.of(field, json)).as(Holder.class);
    }
}
