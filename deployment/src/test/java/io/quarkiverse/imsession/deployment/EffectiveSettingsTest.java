package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.util.List;
import java.util.logging.Level;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EffectiveSettingsTest {

    private static final String KEY = "a-signing-key-of-more-than-32-characters";

    @RegisterExtension
    static final TestApp APP = TestApp.of(Routes.class)
            .config("quarkus.imsession.timeout", "15M")
            .config("quarkus.imsession.absolute-timeout", "12H")
            .config("quarkus.imsession.renewal.mode", "touch")
            .config("quarkus.imsession.renewal.interval", "1H")
            .config("quarkus.imsession.renewal.touch-interval", "1M")
            .config("quarkus.imsession.resolvers", "bearer,cookie")
            .config("quarkus.imsession.cookie.name", "__Host-sid")
            .config("quarkus.imsession.cookie.secure", "true")
            .config("quarkus.imsession.cookie.same-site", "strict")
            .config("quarkus.imsession.cookie.persistent", "false")
            .config("quarkus.imsession.signing.keys", KEY)
            .config("quarkus.imsession.csrf.enabled", "true")
            .config("quarkus.imsession.csrf.mode", "origin")
            .config("quarkus.imsession.csrf.exempt-paths", "/hooks/*,/payments/return")
            .config("quarkus.imsession.csrf.trusted-origins", "https://app.example.org")
            .logs(Level.INFO, EffectiveSettingsTest::settingsAreLoggedOnceWithoutKeys);

    /** Checked when the application has ended. */
    private static void settingsAreLoggedOnceWithoutKeys(List<String> lines) {
        assertThat(lines).filteredOn(line -> line.startsWith("Sessions: ")).containsExactly("Sessions: store=memory;"
                + " resolvers=bearer+cookie; timeout=15M; absolute-timeout=12H; renewal.mode=touch; renewal.interval=1H;"
                + " renewal.threshold=0.33; renewal.grace=1M; renewal.touch-interval=1M; destroy-on-replay=false; cookie.name=__Host-sid; cookie.path=/;"
                + " cookie.domain=none; cookie.secure=true; cookie.http-only=true; cookie.same-site=strict;"
                + " cookie.partitioned=false; cookie.persistent=false; device-bound.enabled=false;"
                + " device-bound.cookie-lifetime=10M; security.enabled=false; security.quarkus-cookies=refuse; acting.roles=none;"
                + " csrf.enabled=true; csrf.mode=origin;"
                + " csrf.header=X-CSRF-Token; csrf.field=csrf-token; csrf.trusted-origins=https://app.example.org;"
                + " csrf.exempt-paths=/hooks/*, /payments/return; signing.keys=1 key; websockets.close-on-end=true; near-cache.enabled=false");
        assertThat(lines).noneMatch(line -> line.contains(KEY));
    }

    @Test
    void effectiveSettingsAreLoggedAtTheStartAndNeverAKey() {
        Client.get("/read", null).then().statusCode(200).body(equalTo("no session"));
    }
}
