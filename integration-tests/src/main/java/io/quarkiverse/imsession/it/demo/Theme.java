package io.quarkiverse.imsession.it.demo;

import java.util.Locale;

/** The colours of the page. */
enum Theme {
    SYSTEM,
    LIGHT,
    DARK;

    /** As in HTML and in the API. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
