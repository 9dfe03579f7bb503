package io.quarkiverse.imsession.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.runtime.config.CookieConfig;
import io.quarkiverse.imsession.runtime.config.ImSessionConfig;
import io.quarkiverse.imsession.runtime.http.BearerSessionIdResolver;
import io.quarkiverse.imsession.runtime.http.CookieSessionIdResolver;
import io.quarkiverse.imsession.spi.SessionIdResolver;
import io.smallrye.config.SmallRyeConfigBuilder;

class TokenCarriersTest {

    private static final TokenCarrier COOKIE = new CookieCarrier("connsid");
    private static final TokenCarrier BEARER = new BearerCarrier("X-Session-Token");

    @Test
    void carrierIsTheFirstThatTheResolverUnderstands() {
        assertThat(find(new CookieSessionIdResolver(cookie("connsid")))).isSameAs(COOKIE);
        assertThat(find(new BearerSessionIdResolver("X-Session-Token"))).isSameAs(BEARER);
    }

    @Test
    void resolverThatUnderstandsNoneIsNamedWithTheMend() {
        assertThatIllegalStateException().isThrownBy(() -> find(new OwnResolverTest.HeaderResolver()))
                .withMessageContaining(OwnResolverTest.HeaderResolver.class.getName())
                .withMessageContaining(TokenCarrier.class.getName());
    }

    private static CookieConfig cookie(String name) {
        return new SmallRyeConfigBuilder().addDiscoveredConverters().withMapping(ImSessionConfig.class)
                .withDefaultValue("quarkus.imsession.cookie.name", name).build().getConfigMapping(ImSessionConfig.class)
                .cookie();
    }

    private static TokenCarrier find(SessionIdResolver resolver) {
        return TokenCarriers.find(Optional.empty(), List.of(COOKIE, BEARER), resolver, "token");
    }

    @Test
    void cookieIsRemovedByAnEmptyValueAndLeftByOtherCookies() {
        assertThat(COOKIE.received(name -> List.of("other=1", "connsid=abc; Path=/"))).isEqualTo("abc");
        assertThat(COOKIE.received(name -> List.of("connsid=; Max-Age=0"))).isEmpty();
        assertThat(COOKIE.received(name -> List.of("connsid2=1"))).isNull();
        assertThat(COOKIE.received(name -> List.of())).isNull();
    }
}
