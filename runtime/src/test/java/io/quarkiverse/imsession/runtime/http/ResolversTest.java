package io.quarkiverse.imsession.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.spi.SessionIdResolver;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;

/** Which tokens resolvers find in a request. */
class ResolversTest {

    private final SessionIdResolver cookie = new CookieSessionIdResolver(
            new CookieAttributes("sid", "/", null, true, "Lax", true, false, true));
    private final SessionIdResolver bearer = new BearerSessionIdResolver("X-Session-Token");
    private final SessionIdResolver chain = new ResolverChain(List.of(bearer, cookie), text -> text.startsWith("token"));
    private final MultiMap headers = MultiMap.caseInsensitiveMultiMap();

    @Test
    void aRequestHasNoneOrOneOrSeveralCookiesOfTheName() {
        assertThat(tokens(cookie)).isEmpty();
        headers.add("Cookie", "sid2=a; xsid=b; sid");
        assertThat(tokens(cookie)).isEmpty();
        headers.add("Cookie", "sid=c; sid= c ;sid=c");
        assertThat(tokens(cookie)).containsExactly("c");
        headers.add("Cookie", "\tsid=d; sid=; sid=c");
        assertThat(tokens(cookie)).containsExactly("c", "d", "");
    }

    @Test
    void aRequestHasNoneOrOneOrSeveralBearerTokens() {
        assertThat(tokens(bearer)).isEmpty();
        headers.add("Authorization", "Basic a");
        assertThat(tokens(bearer)).isEmpty();
        headers.add("Authorization", "Bearer b").add("Authorization", "bearer b ");
        assertThat(tokens(bearer)).containsExactly("b");
        headers.add("Authorization", "BEARER c");
        assertThat(tokens(bearer)).containsExactly("b", "c");
    }

    @Test
    void theFirstOfSeveralResolversThatFindsTheShapeOfATokenIsUsed() {
        assertThat(tokens(chain)).isEmpty();
        headers.add("Authorization", "Bearer of-another-service");
        assertThat(tokens(chain)).containsExactly("of-another-service");
        headers.add("Cookie", "sid=planted; sid=token-of-cookie");
        assertThat(tokens(chain)).containsExactly("planted", "token-of-cookie");
        headers.add("Authorization", "Bearer token-of-header");
        assertThat(tokens(chain)).containsExactly("of-another-service", "token-of-header");
    }

    private Iterable<String> tokens(SessionIdResolver resolver) {
        return resolver.tokens((HttpServerRequest) Proxy.newProxyInstance(getClass().getClassLoader(),
                new Class<?>[] { HttpServerRequest.class }, (proxy, method, arguments) -> headers));
    }
}
