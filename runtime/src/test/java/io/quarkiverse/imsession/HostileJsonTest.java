package io.quarkiverse.imsession;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.imsession.test.hostile.HostileJson;
import io.quarkiverse.imsession.test.hostile.HostileRun;
import io.quarkiverse.imsession.test.hostile.HostileTarget;
import io.quarkiverse.imsession.test.hostile.HostileTexts;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * Whatever the store holds as the value of a field: it is a value of the type that is asked for, or a clear error without it.
 */
@Tag("sized")
class HostileJsonTest {

    private static final int AT_ONCE = 4;
    private static final int TELLING = 16;

    private record Line(String product, int count) {
    }

    private record Nested(Nested a, List<Nested> children) {
    }

    /** A field, and what the application takes it for. */
    private record Field(String json, TypeReference<?> type) {

        @Override
        public String toString() {
            return type.getType() + " of " + HostileTexts.printable(json);
        }
    }

    private static final List<TypeReference<?>> TYPES = List.of(type(String.class), type(Integer.class), type(int.class),
            type(Long.class), type(Double.class), type(Boolean.class), type(BigDecimal.class), type(BigInteger.class),
            type(Duration.class), type(Instant.class), type(LocalDate.class), type(UUID.class), type(TimeUnit.class),
            type(byte[].class), type(Object.class), type(JsonNode.class), type(Line.class), type(Nested.class),
            new TypeReference<List<Line>>() {
            }, new TypeReference<Map<String, Integer>>() {
            });

    @Test
    void everyTextIsAValueOrAClearErrorWithoutIt() {
        Arbitrary<Field> fields = Combinators.combine(HostileJson.texts(), Arbitraries.of(TYPES))
                .as((bytes, type) -> new Field(
                        new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8), type));
        HostileRun.run("JSON", 15, AT_ONCE, fields, new Reader());
    }

    private static final class Reader implements HostileTarget<Field> {

        @Override
        public Optional<String> attempt(List<Field> fields) {
            fields.forEach(Reader::read);
            return Optional.empty();
        }

        @Override
        public long nanos() {
            return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        }

        private static void read(Field field) {
            SessionData data = SessionData.fromJson(Map.of("field", field.json()));
            try {
                data.get("field", field.type()).ifPresent(value -> SessionData.of("field", value));
            } catch (SessionDecodingException | SessionEncodingException e) {
                assertSilent(e, field.json());
            }
            try {
                data.asMap();
            } catch (SessionDecodingException e) {
                assertSilent(e, field.json());
            }
            try {
                data.reference("field");
            } catch (SessionDecodingException | IllegalArgumentException e) {
                assertSilent(e, field.json());
            }
            assertThat(data.sizeInBytes()).isPositive();
            assertThat(data.with("other", field.json()).without("other")).isEqualTo(data);
        }

        private static void assertSilent(RuntimeException failure, String json) {
            assertThat(failure.getCause()).isNull();
            if (json.length() >= TELLING) {
                assertThat(failure.getMessage()).doesNotContain(json.substring(0, TELLING));
            }
        }
    }

    private static TypeReference<?> type(Class<?> type) {
        return new TypeReference<Object>() {
            @Override
            public Type getType() {
                return type;
            }
        };
    }
}
