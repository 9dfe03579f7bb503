package io.quarkiverse.imsession.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;

class PathFilterTest {

    private static final PathFilter DEFAULT = new PathFilter(Optional.empty(), Optional.empty(),
            List.of("/q/*"),
            List.of("/page.html", "/my page.html", "/odd;name.html"), List.of("/q/log-in/*"));
    private static final PathFilter EXCLUDING = new PathFilter(Optional.empty(), paths("/public/*", "/about", "/café/*"),
            List.of(), List.of(), List.of());
    private static final PathFilter INCLUDING = new PathFilter(paths("/account", "/shop/", "/café/*"), paths("/café/menu"),
            List.of(), List.of("/page.html"), List.of());

    @Test
    void plainPathIsIncludedUnlessItIsExcluded() {
        assertThat(DEFAULT).matches(includes("/", "/read", "/page.htm", "/page.html/", "/PAGE.html", "/qx", "/my+page.html"));
        assertThat(DEFAULT).matches(excludes("/q", "/q/", "/q/health", "/page.html", "/page.html?a=/../b;c", "/p%61ge.html",
                "/my%20page.html"));
        assertThat(EXCLUDING).matches(excludes("/public", "/public/", "/public/a.b", "/about", "/caf%c3%a9/x", "/caf%C3%A9"));
        assertThat(EXCLUDING).matches(includes("/publicity", "/about/", "/about/us", "/About", "/PUBLIC/x", "/cafe/x"));
    }

    @Test
    void pathOfALogInIsIncludedAlthoughNothingElseIs() {
        PathFilter filter = new PathFilter(paths("/account/*"), paths("/q/log-in/out"), List.of("/q/*"), List.of(),
                List.of("/q/log-in", "/q/log-in/out"));
        assertThat(filter).matches(includes("/account", "/q/log-in", "/q/log-in/"));
        assertThat(filter).matches(excludes("/q/log-in/out", "/q/health", "/shop"));
    }

    @Test
    void pathOfALogInIsIncludedAlthoughItIsAnEndpointOfQuarkus() {
        assertThat(DEFAULT).matches(includes("/q/log-in", "/q/log-in/", "/q/log-in/x"));
        assertThat(DEFAULT).matches(excludes("/q/log-in-x", "/q/log"));
    }

    @Test
    void staticResourceIsExcludedOnlyWhereItIsRead() {
        assertThat(DEFAULT.includes(request(HttpMethod.HEAD, "/page.html", "/page.html"))).isFalse();
        assertThat(DEFAULT.includes(request(HttpMethod.POST, "/page.html", "/page.html"))).isTrue();
        assertThat(DEFAULT.includes(request(HttpMethod.POST, "/q/x", "/q/x"))).isFalse();
    }

    @Test
    void exactPathIsIncludedWithAndWithoutASlashAsRoutersRead() {
        assertThat(INCLUDING).matches(includes("/account", "/account/", "/shop/", "/shop", "/caf%C3%A9", "/caf%c3%a9/x"));
        assertThat(INCLUDING)
                .matches(excludes("/accounts", "/account/x", "/", "/page.html", "/caf%C3%A9/menu", "/other%20one"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "/public/..;/account", "/public/a;b", "/about;", "//about", "/public/%2e%2e/account",
            "/public/%2fx", "/public/x\\..\\..\\account", "/public/%c0%ae", "/public/%", "/public/a%40b", "/other;x",
            "/page.html;x", "/q/health;x", "/q//health", "/caf%C3%A9/menu;", "", "*" })
    void pathThatLayersReadDifferentlyIsAlwaysIncluded(String path) {
        for (PathFilter filter : List.of(DEFAULT, EXCLUDING, INCLUDING)) {
            assertThat(filter).matches(includes(path));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "http://localhost/about", "x://h/about", ";://h/about", "?://h/about", "//about", "about",
            "/prefix;/about" })
    void uriWithMoreThanAPathIsReadDifferentlyByServlets(String uri) {
        assertThat(EXCLUDING.includes(request(uri, "/about"))).isTrue();
    }

    @Test
    void prefixThatAProxyToldChangesNothing() {
        assertThat(EXCLUDING.includes(request("/prefix/about?x", "/about"))).isFalse();
        assertThat(EXCLUDING.includes(request("/prefix/abouts", "/abouts"))).isTrue();
    }

    @Test
    void requestWithoutAPathIsIncluded() {
        assertThat(EXCLUDING.includes(request(null, null))).isTrue();
        assertThat(INCLUDING.includes(request(null, null))).isTrue();
    }

    private static Optional<List<String>> paths(String... paths) {
        return Optional.of(List.of(paths));
    }

    private static Predicate<PathFilter> includes(String... uris) {
        return filter -> Arrays.stream(uris).allMatch(uri -> includes(filter, uri));
    }

    private static Predicate<PathFilter> excludes(String... uris) {
        return filter -> Arrays.stream(uris).noneMatch(uri -> includes(filter, uri));
    }

    private static boolean includes(PathFilter filter, String uri) {
        int query = uri.indexOf('?');
        return filter.includes(request(uri, query < 0 ? uri : uri.substring(0, query)));
    }

    private static HttpServerRequest request(String uri, String path) {
        return request(HttpMethod.GET, uri, path);
    }

    private static HttpServerRequest request(HttpMethod verb, String uri, String path) {
        return (HttpServerRequest) Proxy.newProxyInstance(PathFilterTest.class.getClassLoader(),
                new Class<?>[] { HttpServerRequest.class }, (proxy, method, arguments) -> switch (method.getName()) {
                    case "uri" -> uri;
                    case "path" -> path;
                    case "method" -> verb;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}
