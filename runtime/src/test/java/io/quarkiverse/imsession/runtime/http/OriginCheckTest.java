package io.quarkiverse.imsession.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.vertx.core.MultiMap;
import io.vertx.core.net.HostAndPort;

class OriginCheckTest {

    private static final HostAndPort AUTHORITY = HostAndPort.create("app.example.org", -1);
    private static final String OWN = "https://app.example.org";
    private static final String TRUSTED = "https://trusted.example.org";

    private final OriginCheck check = new OriginCheck(List.of("HTTPS://Trusted.Example.org:443", "http://other:8080"));

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
            // Sec-Fetch-Site, Origin, passes
            "same-origin, -, true",
            "same-origin, null, true",
            "same-origin, https://app.example.org, true",
            "none, -, true",
            "same-site, -, false",
            "cross-site, -, false",
            "cross-site, null, false",
            "same-site, https://sibling.example.org, false",
            "cross-site, https://evil.example, false",
            "cross-site, https://app.example.org, false",
            "same-site, https://trusted.example.org, true",
            "cross-site, https://TRUSTED.example.org:443, true",
            "cross-site, http://other:8080, true",
            "cross-site, https://other:8080, false",
            "cross-site, http://other, false",
            "cross-site, http://trusted.example.org, false",
            "Same-Origin, -, false",
            "'same-origin, none', -, false",
            "'', -, false",
            "unknown, https://app.example.org, false",
            "-, https://app.example.org, true",
            "-, https://app.example.org:443, true",
            "-, https://trusted.example.org, true",
            "-, http://app.example.org, false",
            "-, https://app.example.org:8443, false",
            "-, https://evil.example, false",
            "-, https://app.example.org.evil.example, false",
            "-, null, false",
            "-, '', false",
            "-, https://app.example.org/, false",
            "-, 'https://app.example.org, https://evil.example', false",
            "-, -, true" })
    void headersThatBrowsersSetDecide(@Nullable String site, @Nullable String origin, boolean passes) {
        assertThat(check.passes(headers(site, origin), true, AUTHORITY)).isEqualTo(passes);
    }

    @Test
    void severalHeadersProveNothing() {
        assertThat(check.passes(headers(null, OWN).add("Origin", OWN), true, AUTHORITY)).isFalse();
        assertThat(check.passes(headers(null, OWN).add("Origin", "https://evil.example"), true, AUTHORITY)).isFalse();
        assertThat(check.passes(headers("cross-site", TRUSTED).add("Origin", TRUSTED), true, AUTHORITY)).isFalse();
        assertThat(check.passes(headers("same-origin", OWN).add("Sec-Fetch-Site", "cross-site"), true, AUTHORITY)).isFalse();
        assertThat(check.passes(headers("none", OWN).add("Sec-Fetch-Site", "none"), true, AUTHORITY)).isFalse();
        assertThat(check.passes(headers(null, "null").add("Origin", "null"), true, AUTHORITY)).isFalse();
        assertThat(check.passes(headers("", null).add("Sec-Fetch-Site", ""), true, AUTHORITY)).isFalse();
    }

    @Test
    void requestThatNamesNoHostHasNoOwnOrigin() {
        assertThat(check.passes(headers(null, OWN), true, null)).isFalse();
        assertThat(check.passes(headers(null, null), true, null)).isTrue();
        assertThat(check.passes(headers(null, TRUSTED), true, null)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void withoutTrustedOriginsNoOtherPasses(boolean secure) {
        OriginCheck strict = new OriginCheck(List.of());
        assertThat(strict.passes(headers("cross-site", TRUSTED), secure, AUTHORITY)).isFalse();
        assertThat(strict.passes(headers(null, TRUSTED), secure, AUTHORITY)).isFalse();
        assertThat(strict.passes(headers(null, OWN), secure, AUTHORITY)).isTrue();
    }

    private static MultiMap headers(@Nullable String site, @Nullable String origin) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        if (site != null) {
            headers.add("sec-fetch-site", site);
        }
        if (origin != null) {
            headers.add("origin", origin);
        }
        return headers;
    }
}
