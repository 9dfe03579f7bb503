package io.quarkiverse.imsession.runtime.http;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.net.HostAndPort;

/**
 * Whether a request comes from another site, by headers that browsers set and pages cannot: Fetch Metadata, and where a browser
 * does not send it, the origin. The rules are those of {@code CrossOriginProtection} in Go's {@code net/http}. So a request
 * with neither header passes, as no browser sends such a request for a page. A request with a header that proves nothing, for
 * example with several values, is refused.
 */
final class OriginCheck {

    private static final String SEC_FETCH_SITE = "Sec-Fetch-Site";

    private final Set<Origin> trusted;

    /** @param trusted other origins that may send requests; texts that are no origins are ignored */
    OriginCheck(List<String> trusted) {
        this.trusted = trusted.stream().map(Origin::parse).filter(Objects::nonNull).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * @param secure whether the request came with TLS
     * @param authority host and port of the request, null if it names none
     */
    boolean passes(MultiMap headers, boolean secure, @Nullable HostAndPort authority) {
        List<String> origins = headers.getAll(HttpHeaders.ORIGIN);
        Origin origin = origins.size() == 1 ? Origin.parse(origins.get(0)) : null;
        if (origin != null && trusted.contains(origin)) {
            return true;
        }
        List<String> sites = headers.getAll(SEC_FETCH_SITE);
        if (!sites.isEmpty()) {
            return sites.size() == 1 && (sites.get(0).equals("same-origin") || sites.get(0).equals("none"));
        }
        return origins.isEmpty() || origin != null && authority != null && origin.isOf(secure, authority);
    }
}
