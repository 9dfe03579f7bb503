package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.util.List;
import java.util.logging.Level;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EffectiveDefaultsTest {

    @RegisterExtension
    static final TestApp APP = TestApp.of(Routes.class, HeaderThenCookieResolver.class, ClockedStore.class)
            .logs(Level.INFO, EffectiveDefaultsTest::defaultsAreLogged);

    /** Checked when the application has ended. */
    private static void defaultsAreLogged(List<String> lines) {
        assertThat(lines).filteredOn(line -> line.startsWith("Sessions: "))
                .containsExactly("Sessions: store=of the application; resolvers=of the application; timeout=24H;"
                        + " absolute-timeout=no limit; renewal.mode=rotate; renewal.interval=two thirds of the timeout;"
                        + " renewal.threshold=0.33; renewal.grace=1M; renewal.touch-interval=none; destroy-on-replay=false; cookie.name=connsid; cookie.path=/;"
                        + " cookie.domain=none; cookie.secure=false; cookie.http-only=true; cookie.same-site=lax;"
                        + " cookie.partitioned=false; cookie.persistent=true; device-bound.enabled=false; device-bound.cookie-lifetime=10M; security.enabled=false; security.quarkus-cookies=refuse; acting.roles=none;"
                        + " csrf.enabled=true; csrf.mode=origin; csrf.header=X-CSRF-Token; csrf.field=csrf-token; csrf.trusted-origins=none;"
                        + " csrf.exempt-paths=none; signing.keys=none; websockets.close-on-end=true; near-cache.enabled=false");
    }

    @Test
    void defaultsAndBeansOfTheApplicationAreLoggedAtTheStartToo() {
        Client.get("/read", null).then().statusCode(200).body(equalTo("no session"));
    }
}
