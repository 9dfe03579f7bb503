package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

import org.jboss.jandex.DotName;
import org.jboss.jandex.Index;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;

import io.quarkiverse.imsession.SessionData;

/** What the build says about records that cannot be views of a session. */
@SuppressWarnings("rawtypes")
class ShapeReaderTest {

    record WithArray(byte[] picture) {
    }

    record WithDate(Date when) {
    }

    record WithCalendar(Optional<Calendar> when) {
    }

    record WithArrayList(ArrayList<String> names) {
    }

    record WithHashMap(Map<String, HashMap<String, String>> names) {
    }

    record WithOptionalInt(OptionalInt number) {
    }

    static class Bean {
        private String name;

        public String getName() {
            return name;
        }

        public void setName(String name) {
            this.name = name;
        }
    }

    record WithBean(Bean owner) {
    }

    static class HalfBean extends Bean {
        private final int age = 1;

        public int getAge() {
            return age;
        }
    }

    record WithInherited(HalfBean owner) {
    }

    static final class FinalDate {
        private final Date date = new Date(0);

        public Date getDate() {
            return date;
        }
    }

    record WithDeep(FinalDate date) {
    }

    record WithNested(List<WithDate> visits) {
    }

    record WithObject(Object anything) {
    }

    interface Shape {
    }

    record WithInterface(Shape shape) {
    }

    record WithRaw(List names) {
    }

    record WithWildcard(List<? extends Number> numbers) {
    }

    record WithKey(Map<Date, String> names) {
    }

    record Generic<T>(T value) {
    }

    record WithRawRecord(Generic value) {
    }

    record WithAt(@JsonProperty("@type") String type) {
    }

    record WithTwins(String name, @JsonProperty("name") String other) {
    }

    record WithFormat(@JsonFormat(pattern = "yyyy") String year) {
    }

    private record Private(String name) {
    }

    static Arguments[] misuses() {
        return new Arguments[] {
                Arguments.of(WithArray.class, "'picture'", "array", "java.util.List"),
                Arguments.of(WithDate.class, "'when'", "java.util.Date", "java.time.Instant"),
                Arguments.of(WithCalendar.class, "'when'", "java.util.Calendar", "java.time.ZonedDateTime"),
                Arguments.of(WithArrayList.class, "'names'", "java.util.ArrayList", "java.util.List"),
                Arguments.of(WithHashMap.class, "'names'", "java.util.HashMap", "java.util.Map"),
                Arguments.of(WithOptionalInt.class, "'number'", "java.util.OptionalInt", "Optional<Integer>"),
                Arguments.of(WithBean.class, "'owner'", Bean.class.getName(), "a record"),
                Arguments.of(WithInherited.class, "'owner'", HalfBean.class.getName(), "a record"),
                Arguments.of(WithDeep.class, "'date'", FinalDate.class.getName(), "a record"),
                Arguments.of(WithNested.class, "'when'", WithDate.class.getName(), "java.time.Instant"),
                Arguments.of(WithObject.class, "'anything'", "java.lang.Object", "a record"),
                Arguments.of(WithInterface.class, "'shape'", Shape.class.getName(), "a record"),
                Arguments.of(WithRaw.class, "'names'", "raw type java.util.List", "type arguments"),
                Arguments.of(WithWildcard.class, "'numbers'", "wildcard", "Name the type"),
                Arguments.of(WithKey.class, "'names'", "java.util.Date", "UUID"),
                Arguments.of(Generic.class, "generic", "type parameters", "T"),
                Arguments.of(WithRawRecord.class, "'value'", "raw type", "type arguments"),
                Arguments.of(WithAt.class, "'type'", "'@type'", "@JsonProperty"),
                Arguments.of(WithTwins.class, "'other'", "'name'", "another"),
                Arguments.of(WithFormat.class, "JsonFormat", "year", "Remove it"),
                Arguments.of(Private.class, "private", "Leave out", "Record")
        };
    }

    @ParameterizedTest
    @MethodSource("misuses")
    void eachMisuseNamesRecordAndComponentAndMend(Class<?> type, String first, String second, String third) {
        assertThat(problems(type)).singleElement().asString().contains(
                type == WithNested.class ? WithDate.class.getName() : type.getName(), first, second, third);
    }

    record Both(Date one, byte[] two) {
    }

    @Test
    void allProblemsAreToldAtOnce() {
        assertThat(problems(Both.class)).hasSize(2);
    }

    record Fine(List<Generic<Optional<String>>> values, Set<Generic<Integer>> numbers, Generic<Generic<Long>> deep) {
    }

    @Test
    void aGenericRecordHasOneCodecForAllItsTypeArguments() {
        ShapeReader shapes = shapes(Fine.class);
        assertThat(shapes.problems()).isEmpty();
        assertThat(shapes.records()).extracting(record -> record.type().withoutPackagePrefix())
                .containsExactlyInAnyOrder("ShapeReaderTest$Fine", "ShapeReaderTest$Generic");
    }

    static final class Ring {
        private final Knot knot;
        private final List<Ring> rings = List.of();

        Ring(Knot knot) {
            this.knot = knot;
        }

        public Knot getKnot() {
            return knot;
        }
    }

    record Knot(Ring ring, Optional<Knot> knot) {
    }

    @Test
    void classesOfImmutableFieldsMayContainThemselvesAndAreLeftToJackson() {
        ShapeReader shapes = shapes(Knot.class);
        assertThat(shapes.problems()).isEmpty();
        assertThat(shapes.jacksons()).contains(DotName.createSimple(Ring.class), DotName.createSimple(Knot.class));
    }

    static class Named {
        private final String name;

        Named(String name) {
            this.name = name;
        }

        public String getName() {
            return name;
        }
    }

    static final class TwoConstructors extends Named {
        TwoConstructors() {
            this("nobody", 1);
        }

        TwoConstructors(String name, int times) {
            super(name.repeat(times));
        }
    }

    static final class SeveralConstructors extends Named {
        SeveralConstructors(String name) {
            this(name, 1);
        }

        SeveralConstructors(String name, int times) {
            super(name.repeat(times));
        }
    }

    static final class AnnotatedConstructor extends Named {
        AnnotatedConstructor(String first, String last) {
            super(first + last);
        }

        @JsonCreator
        AnnotatedConstructor(String name) {
            super(name);
        }
    }

    static final class WithoutGetter extends Named {
        private final boolean hidden;

        WithoutGetter(String name, boolean hidden) {
            super(name);
            this.hidden = hidden;
        }

        boolean hidden() {
            return hidden;
        }
    }

    static final class WithGetters extends Named {
        public final int count;
        private final boolean hidden;
        private final int hash;

        WithGetters(String name, int count, boolean hidden) {
            super(name);
            this.count = count;
            this.hidden = hidden;
            this.hash = name.hashCode();
        }

        public boolean isHidden() {
            return hidden;
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof WithGetters same && same.getName().equals(getName()) && same.count == count;
        }
    }

    record OfSeveral(SeveralConstructors owner) {
    }

    record OfHidden(WithoutGetter owner) {
    }

    record OfReadable(Named named, TwoConstructors two, AnnotatedConstructor annotated, WithGetters getters) {
    }

    @Test
    void aClassThatJacksonCouldNotReadIsRefused() {
        assertThat(problems(OfSeveral.class)).singleElement().asString().contains("'owner'",
                SeveralConstructors.class.getName() + ", which Jackson could not read: it has several constructors",
                "@JsonCreator", "Use a record instead");
        assertThat(problems(OfHidden.class)).singleElement().asString().contains("'owner'",
                WithoutGetter.class.getName() + ", which Jackson could not read: it has no getter for 'hidden'",
                "Use a record instead");
        assertThat(problems(OfReadable.class)).isEmpty();
    }

    @Test
    void classesThatAreNotRefusedReadBackEqual() {
        WithGetters value = new WithGetters("ada", 2, true);
        assertThat(SessionData.of("value", value).get("value", WithGetters.class)).contains(value);
        assertThat(SessionData.of("value", new Named("ada")).get("value", Named.class).orElseThrow().getName())
                .isEqualTo("ada");
    }

    @Test
    void aClassOfALibraryIsNotLookedAtAsJacksonMayHaveAModuleForIt() throws IOException {
        ShapeReader shapes = new ShapeReader(Index.of(OfSeveral.class), GeneratedCodecs.index(ShapeReaderTest.class));
        shapes.view(DotName.createSimple(OfSeveral.class));
        assertThat(shapes.problems()).isEmpty();
    }

    @Test
    void aClassThatIsNoRecordIsToldSo() {
        assertThat(problems(Bean.class)).singleElement().asString().contains(Bean.class.getName(), "no record");
    }

    private static Set<String> problems(Class<?> type) {
        return shapes(type).problems();
    }

    private static ShapeReader shapes(Class<?> type) {
        ShapeReader shapes = new ShapeReader(GeneratedCodecs.index(ShapeReaderTest.class),
                GeneratedCodecs.index(ShapeReaderTest.class));
        shapes.view(DotName.createSimple(type));
        return shapes;
    }
}
