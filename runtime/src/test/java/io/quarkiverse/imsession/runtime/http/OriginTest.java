package io.quarkiverse.imsession.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.vertx.core.net.HostAndPort;

class OriginTest {

    @ParameterizedTest
    @CsvSource({ "https://app.example.org, https, app.example.org, 443", "http://app.example.org, http, app.example.org, 80",
            "HTTPS://App.Example.ORG:443, https, app.example.org, 443", "https://a:8443, https, a, 8443",
            "http://my_app:80, http, my_app, 80", "http://127.0.0.1:1, http, 127.0.0.1, 1",
            "http://[::1]:8080, http, [::1], 8080", "https://xn--bcher-kva.example, https, xn--bcher-kva.example, 443",
            "capacitor://localhost, capacitor, localhost, -1" })
    void originIsReadWhateverTheWritingIs(String text, String scheme, String host, int port) {
        assertThat(Origin.parse(text)).isEqualTo(new Origin(scheme, host, port));
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "null", "app.example.org", "//app.example.org", "https://", "https:///", "https://a/",
            "https://a/b", "https://a?b", "https://a#b", "https://user@a", "https://a:0", "https://a:65536", "https://a:-1",
            "https://a:99999999999", "https://a:", "https://a:b", "https://a b", "https://a,https://b", "https://a https://b",
            " https://a", "https://a ", "https://a\n", "https://*", "https://ä", "https://a\0", "https://[::1", "https://[]",
            "https://\u212A.example.org" })
    void whatNamesNoOriginIsNone(String text) {
        assertThat(Origin.parse(text)).isNull();
    }

    @Test
    void veryLongTextIsNone() {
        assertThat(Origin.parse("https://" + "a".repeat(1_000_000))).isNull();
        assertThat(Origin.parse("https://" + "a.".repeat(127) + "a:65535")).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({
            // origin, with TLS, authority, own
            "https://app.example.org, true, app.example.org, true",
            "https://app.example.org, true, APP.example.org, true",
            "https://APP.example.org, true, app.example.org, true",
            "https://app.example.org:443, true, app.example.org, true",
            "https://app.example.org, true, app.example.org:443, true",
            "https://app.example.org:8443, true, app.example.org:8443, true",
            "http://app.example.org, false, app.example.org:80, true",
            "http://localhost:8080, false, localhost:8080, true",
            "http://[::1]:8080, false, [::1]:8080, true",
            // A proxy that ends TLS and does not tell.
            "https://app.example.org, false, app.example.org, true",
            // Whoever controls the network can serve pages of the origin without TLS.
            "http://app.example.org, true, app.example.org, false",
            "http://app.example.org:443, true, app.example.org, false",
            "https://app.example.org, true, app.example.org:8443, false",
            "https://app.example.org:8443, true, app.example.org, false",
            "http://localhost:8080, false, localhost:8081, false",
            "http://localhost:8080, false, 127.0.0.1:8080, false",
            "https://example.org, true, app.example.org, false",
            "https://app.example.org, true, example.org, false",
            "https://evil.example.org, true, app.example.org, false",
            "https://app.example.org.evil.org, true, app.example.org, false",
            "https://app.example.org., true, app.example.org, false",
            "ws://app.example.org:80, false, app.example.org, false",
            "capacitor://localhost, false, localhost, false" })
    void originIsOwnIfHostAndPortAreThoseOfTheRequest(String origin, boolean secure, String authority, boolean own) {
        assertThat(Origin.parse(origin).isOf(secure, HostAndPort.parseAuthority(authority, -1))).isEqualTo(own);
    }
}
