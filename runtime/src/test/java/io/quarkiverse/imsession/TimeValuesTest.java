package io.quarkiverse.imsession;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.type.TypeFactory;

import io.quarkiverse.imsession.codec.JsonText;
import io.quarkiverse.imsession.codec.ValueCodec;
import io.quarkiverse.imsession.codec.ValueCodecs;

class TimeValuesTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    /** There are two of them, an hour apart. */
    private static final LocalDateTime END_OF_SUMMER = LocalDateTime.of(2026, 10, 25, 2, 30);

    static Stream<Object> times() {
        return Stream.of(
                ZonedDateTime.of(2026, 1, 2, 3, 4, 5, 6, BERLIN), at(2026, "UTC"), at(2026, "GMT"), at(2026, "Z"),
                at(2026, "UTC+02:00"), at(2026, "Etc/GMT-1"), at(2026, "-03:30"), at(1800, "Europe/Berlin"),
                at(12345, "Europe/Berlin"), at(-5, "Europe/Berlin"),
                ZonedDateTime.ofLocal(END_OF_SUMMER, BERLIN, ZoneOffset.ofHours(1)),
                ZonedDateTime.ofLocal(END_OF_SUMMER, BERLIN, ZoneOffset.ofHours(2)),
                OffsetDateTime.of(2026, 1, 2, 3, 4, 5, 999_999_999, ZoneOffset.ofHours(14)),
                OffsetDateTime.of(2026, 1, 2, 3, 4, 0, 0, ZoneOffset.ofTotalSeconds(3601)),
                OffsetDateTime.of(2026, 1, 2, 3, 4, 0, 0, ZoneOffset.UTC), OffsetDateTime.MIN, OffsetDateTime.MAX,
                OffsetTime.of(3, 4, 5, 6, ZoneOffset.ofHours(-11)), OffsetTime.MIN, OffsetTime.MAX,
                Year.of(2026), Year.of(5), Year.of(0), Year.of(-1), Year.of(12345), YearMonth.of(2026, 1), YearMonth.of(5, 1),
                MonthDay.of(2, 29), BERLIN, ZoneId.of("UTC"), ZoneId.of("GMT+02:00"), ZoneOffset.UTC, ZoneOffset.MAX,
                ZoneOffset.ofTotalSeconds(-1), Period.of(1, -2, 300), Period.ZERO, Duration.ZERO, Duration.ofSeconds(-1, 1),
                Duration.ofSeconds(Long.MAX_VALUE, 999_999_999), Duration.ofNanos(1), Instant.EPOCH,
                Instant.ofEpochSecond(1_700_000_000, 1), Instant.MIN, Instant.MAX, LocalDateTime.of(2026, 1, 2, 3, 4),
                LocalDateTime.of(2026, 1, 2, 3, 4, 5, 600_000_000), LocalDateTime.MIN, LocalDateTime.MAX,
                LocalDate.of(2026, 1, 2), LocalDate.MIN, LocalDate.MAX, LocalTime.MIDNIGHT, LocalTime.MAX, DayOfWeek.FRIDAY,
                Month.DECEMBER);
    }

    @ParameterizedTest
    @MethodSource("times")
    void timeReadsBackEqual(Object time) {
        assertThat((Object) SessionData.of("time", time).get("time", typeOf(time)).orElseThrow()).isEqualTo(time);
    }

    @ParameterizedTest
    @MethodSource("times")
    void timeInAListReadsBackEqual(Object time) throws IOException {
        String json = SessionData.of("times", List.of(time)).toJson().get("times");
        assertThat(JsonText.read(json, TypeFactory.defaultInstance().constructCollectionType(List.class, typeOf(time))))
                .isEqualTo(List.of(time));
    }

    @ParameterizedTest
    @MethodSource("times")
    void timeAsAKeyReadsBackEqual(Object time) throws IOException {
        if (time instanceof Comparable<?>) {
            String json = SessionData.of("times", Map.of(time, 1)).toJson().get("times");
            assertThat(JsonText.read(json,
                    TypeFactory.defaultInstance().constructMapType(Map.class, typeOf(time), Integer.class)))
                    .isEqualTo(Map.of(time, 1));
        }
    }

    @ParameterizedTest
    @MethodSource("times")
    @SuppressWarnings("unchecked")
    void timeInARecordReadsBackEqual(Object time) throws IOException {
        ValueCodec<Object> codec = (ValueCodec<Object>) ValueCodecs.scalar(typeOf(time));
        assertThat(codec.parse(codec.format(time))).isEqualTo(time);
        ValueCodec<List<Object>> listed = ValueCodecs.list(codec);
        assertThat(listed.parse(listed.format(List.of(time)))).isEqualTo(List.of(time));
    }

    @Test
    void timesThatWereStoredWithoutARegionAreStillRead() {
        SessionData stored = SessionData.fromJson(Map.of("utc", "\"2026-01-02T03:04:05Z\"", "offset",
                "\"2026-01-02T03:04:05+01:00\"", "times", "{\"2026-01-02T03:04:05+01:00\":1}"));
        OffsetDateTime time = OffsetDateTime.parse("2026-01-02T03:04:05+01:00");
        assertThat(stored.get("utc", ZonedDateTime.class)).contains(ZonedDateTime.parse("2026-01-02T03:04:05Z"));
        assertThat(stored.get("offset", ZonedDateTime.class)).contains(time.toZonedDateTime());
        assertThat(stored.get("offset", OffsetDateTime.class)).contains(time);
        assertThat(stored.get("times", new TypeReference<Map<ZonedDateTime, Integer>>() {
        })).contains(Map.of(time.toZonedDateTime(), 1));
    }

    private static ZonedDateTime at(int year, String zone) {
        return ZonedDateTime.of(year, 1, 2, 3, 4, 0, 0, ZoneId.of(zone));
    }

    private static Class<?> typeOf(Object time) {
        return time instanceof ZoneOffset ? ZoneOffset.class
                : time instanceof ZoneId ? ZoneId.class
                        : time instanceof Enum<?> constant ? constant.getDeclaringClass() : time.getClass();
    }
}
