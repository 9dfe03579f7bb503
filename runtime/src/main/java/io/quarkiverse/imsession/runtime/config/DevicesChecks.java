package io.quarkiverse.imsession.runtime.config;

import static io.quarkiverse.imsession.runtime.config.Requirements.require;

import java.net.URI;
import java.util.Set;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.ReactiveImSessions;

/** Refuses settings by which the page of devices and notices of log-ins would have nothing to show. */
public final class DevicesChecks {

    private static final Set<String> WEB_SCHEMES = Set.of("http", "https");

    private DevicesChecks() {
    }

    static void check(DevicesConfig devices) {
        require(devices.pageSize() >= 1 && devices.pageSize() <= ReactiveImSessions.MAX_PAGE_SIZE, "devices.page-size",
                "is not between 1 and " + ReactiveImSessions.MAX_PAGE_SIZE, "set a number such as 20");
        devices.stylesheet().ifPresent(address -> require(isStylesheet(address), "devices.stylesheet",
                "is neither a path nor an address of the web",
                "set a path such as /style.css, or https://example.org/style.css"));
    }

    /** Whether a text is a path of this host, or an address of the web, and can be put into a header. */
    private static boolean isStylesheet(String text) {
        try {
            URI address = URI.create(text);
            return CookieChecks.isAttribute(text)
                    && (address.getScheme() == null ? text.startsWith("/") && !text.startsWith("//")
                            : WEB_SCHEMES.contains(address.getScheme()) && address.getHost() != null);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /**
     * Refuses a page of devices that could not find any.
     *
     * @param finds whether the store finds sessions by references
     */
    public static void checkPage(ImSessionConfig config, boolean finds) {
        ApplicationStoreChecks.requireIndex(finds, "devices.path", "is set", "", "the setting");
        require(config.referenceFields().contains(ImSession.PRINCIPAL), ReferenceChecks.indexed(ImSession.PRINCIPAL),
                "is false, so that the page of quarkus.imsession.devices.path would find no sessions", "leave it out");
    }

    /**
     * Refuses notices that could not tell anything.
     *
     * @param finds whether the store finds sessions by references
     */
    public static void checkNotices(ImSessionConfig config, boolean finds) {
        ApplicationStoreChecks.requireIndex(finds, "notices.enabled", "is true", "", "the setting");
        require(config.referenceFields().contains(ImSession.PRINCIPAL), ReferenceChecks.indexed(ImSession.PRINCIPAL),
                "is false, so that quarkus.imsession.notices.enabled would find no sessions to compare with", "leave it out");
        require(config.client().recordUserAgent() || config.client().recordAddress(), "notices.enabled",
                "is true, but sessions record nothing of their clients, so that all look the same",
                "set quarkus.imsession.client.record-user-agent=true");
    }
}
