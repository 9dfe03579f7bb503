package io.quarkiverse.imsession.deployment;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import io.quarkiverse.imsession.SessionRecord;

/** A view of the session with values of all kinds. */
final class NativeViews {

    private NativeViews() {
    }

    @SessionRecord
    record Everything(Theme theme, Constant constant, Optional<Theme> optional, List<Theme> themes, Set<Theme> set,
            Map<String, Theme> map, Map<Theme, Integer> keyed, Inner inner, List<Inner> inners, Generic<Theme> generic,
            String text, int number, Long wide, double fraction, boolean flag, char character, BigDecimal decimal,
            BigInteger integer, UUID uuid, Instant instant, LocalDate date, LocalDateTime dateTime, ZonedDateTime zoned,
            ZoneId zone, Duration duration, DayOfWeek day) {
    }

    record Inner(Theme theme, String text, Optional<Theme> optional) implements Named {
    }

    record Generic<T>(T value) {
    }

    interface Named {
        default String shown() {
            return "<shown>";
        }
    }

    enum Theme implements Named {
        LIGHT,
        DARK;

        public String css() {
            return name().toLowerCase();
        }
    }

    enum Constant {
        ONE {
            @Override
            public String label() {
                return "one";
            }
        };

        public abstract String label();
    }

    static Everything everything() {
        Inner inner = new Inner(Theme.DARK, "inner", Optional.of(Theme.LIGHT));
        ZonedDateTime time = ZonedDateTime.of(2026, 1, 2, 3, 4, 5, 0, ZoneId.of("Europe/Berlin"));
        return new Everything(Theme.DARK, Constant.ONE, Optional.of(Theme.LIGHT), List.of(Theme.DARK), Set.of(Theme.DARK),
                Map.of("a", Theme.DARK), Map.of(Theme.DARK, 1), inner, List.of(inner), new Generic<>(Theme.DARK), "text", 1, 2L,
                0.5, true, 'c', BigDecimal.ONE, BigInteger.TWO, new UUID(1, 2), time.toInstant(), time.toLocalDate(),
                time.toLocalDateTime(), time, time.getZone(), Duration.ofMinutes(1), DayOfWeek.FRIDAY);
    }
}
