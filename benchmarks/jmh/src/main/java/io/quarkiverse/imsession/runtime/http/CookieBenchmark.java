package io.quarkiverse.imsession.runtime.http;

import java.lang.reflect.Proxy;
import java.security.SecureRandom;
import java.time.Duration;

import org.openjdk.jmh.annotations.Benchmark;

import io.quarkiverse.imsession.benchmarks.InnerPiece;
import io.quarkiverse.imsession.spi.SessionToken;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** Finding the token among cookies, and setting the cookie. Looking at the stubs costs the same in {@link #stubsAlone}. */
public class CookieBenchmark extends InnerPiece {

    private static final Duration DAY = Duration.ofDays(1);

    private final CookieSessionIdResolver resolver = new CookieSessionIdResolver(
            new CookieAttributes("connsid", "/", null, true, "Lax", true, false, true));
    private final String token = SessionToken.generate(new SecureRandom()).value();
    private final MultiMap one = HttpHeaders.headers().add("Host", "localhost").add("Cookie", "connsid=" + token);
    private final MultiMap several = HttpHeaders.headers().add("Host", "localhost")
            .add("Cookie", "_ga=GA1.1.1234567890.1234567890; theme=dark; connsid=" + token + "; consent=yes");
    private final MultiMap none = HttpHeaders.headers().add("Host", "localhost");
    private final HttpServerRequest withOne = request(one);
    private final HttpServerRequest withSeveral = request(several);
    private final HttpServerRequest withNone = request(none);
    private MultiMap sent = HttpHeaders.headers();
    private final HttpServerResponse response = (HttpServerResponse) Proxy.newProxyInstance(getClass().getClassLoader(),
            new Class<?>[] { HttpServerResponse.class }, (proxy, method, arguments) -> sent);

    @Benchmark
    public Object stubsAlone() {
        return withOne.headers();
    }

    @Benchmark
    public Object resolveNone() {
        return resolver.tokens(withNone);
    }

    @Benchmark
    public Object resolveOnlyCookie() {
        return resolver.tokens(withOne);
    }

    @Benchmark
    public Object resolveAmongCookies() {
        return resolver.tokens(withSeveral);
    }

    @Benchmark
    public Object send() {
        sent = HttpHeaders.headers();
        resolver.send(withOne, response, token, DAY);
        return sent;
    }

    private HttpServerRequest request(MultiMap headers) {
        return (HttpServerRequest) Proxy.newProxyInstance(getClass().getClassLoader(),
                new Class<?>[] { HttpServerRequest.class },
                (proxy, method, arguments) -> headers);
    }
}
