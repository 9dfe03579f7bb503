package io.quarkiverse.imsession.runtime.devices;

import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * What the page behind the link of a notice shows. The template has it by the name {@code notice}.
 *
 * @param path the path of the page, as its form has it
 * @param link the text of the link; null if it does not hold, or its session has ended
 * @param user the name of the user; null without a link
 * @param device the session that the link ends; null without a link
 * @param loggedIn the time of the log-in as the page shows it; null without a link
 * @param ended whether the session was just ended
 * @param styles the addresses of stylesheets
 */
public record NoticeView(Locale locale, String path, @Nullable String link, @Nullable String user, @Nullable DeviceView device,
        @Nullable String loggedIn, boolean ended, List<String> styles) {

    /** The language as HTML names it. */
    public String language() {
        return locale.toLanguageTag();
    }
}
