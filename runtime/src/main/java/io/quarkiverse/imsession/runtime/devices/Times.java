package io.quarkiverse.imsession.runtime.devices;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;

/** Writes times for people. */
final class Times {

    private Times() {
    }

    /** A time with the name of its zone. */
    static String text(Instant time, Locale locale, ZoneId zone) {
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT).withLocale(locale).withZone(zone)
                .format(time) + ' ' + DateTimeFormatter.ofPattern("zzz", locale).withZone(zone).format(time);
    }
}
