package io.quarkiverse.imsession.runtime.config;

import java.time.ZoneId;
import java.util.Optional;

import io.quarkus.runtime.annotations.ConfigGroup;
import io.smallrye.config.WithDefault;

/** A page on which users see where they are logged in. */
@ConfigGroup
public interface DevicesConfig {

    /**
     * How many sessions a page shows besides that of the request, 1 to 1000. The next ones are on the next page. With
     * `journal.enabled`, the first page shows as many of the newest entries of the journal.
     */
    @WithDefault("20")
    int pageSize();

    /**
     * A stylesheet of the application that the page uses after its own: a path of this host, including
     * `quarkus.http.root-path`, or an address such as `https://cdn.example.org/style.css`.
     */
    Optional<String> stylesheet();

    /**
     * The time zone of the times on the page, such as `Europe/Berlin`. The server does not know that of its users. JSON always
     * has UTC.
     */
    @WithDefault("UTC")
    ZoneId timeZone();
}
