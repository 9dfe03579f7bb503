package io.quarkiverse.imsession.runtime.devices;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * What the page shows. The template has it by the name {@code devices}.
 *
 * @param user the name of the user
 * @param path the path of the page, as its links have it: relative, so that it holds behind a proxy that adds a prefix
 * @param stylesheet the stylesheet of the application; null for none
 * @param list the session of the request first, unless this is a later page
 * @param others whether there are other sessions than that of the request
 * @param next where the next page begins; null if this is the last one
 * @param ended how many sessions the user has just ended; null if this page does not follow that
 * @param unknown whether the user has just tried to end a session that does not exist
 * @param journal the newest entries of the user's journal, the newest one first; null if there is no journal, or this is a
 *        later page
 */
public record DevicesView(Locale locale, ZoneId zone, String user, String path, @Nullable String stylesheet,
        List<DeviceView> list, boolean others, @Nullable String next, @Nullable Integer ended, boolean unknown,
        @Nullable List<EntryView> journal) {

    /** The language as HTML names it. */
    public String language() {
        return locale.toLanguageTag();
    }

    /** A time as the page shows it, with the name of its zone. */
    public String time(Instant time) {
        return Times.text(time, locale, zone);
    }

    /** The link to the next page; null if this is the last one. */
    public @Nullable String nextPage() {
        return next == null ? null : path + "?after=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
    }
}
