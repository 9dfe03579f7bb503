package io.quarkiverse.imsession.runtime.config;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;

class RenamedSettingsTest {

    @ParameterizedTest
    @CsvSource({ "end-on-replay, true, destroy-on-replay", "renewal, touch, renewal.mode",
            "renewal-interval, 1H, renewal.interval", "renewal-threshold, 0.5, renewal.threshold",
            "renewal-grace, 1M, renewal.grace", "touch-interval, 5M, renewal.touch-interval",
            "client.user-agent, true, client.record-user-agent", "client.address, true, client.record-address" })
    void settingUnderItsOldNameFailsTheStartAndNamesTheNewOne(String old, String value, String now) {
        assertThatThrownBy(() -> RenamedSettings.check(properties(Map.of("quarkus.imsession." + old, value))))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("quarkus.imsession." + old + " is now named quarkus.imsession." + now + ": rename it.");
        SmallRyeConfig mended = properties(Map.of("quarkus.imsession." + now, value));
        assertThatCode(() -> RenamedSettings.check(mended)).doesNotThrowAnyException();
        assertThatCode(() -> mended.getConfigMapping(ImSessionConfig.class)).doesNotThrowAnyException();
    }

    @Test
    void oldNameInAnActiveProfileIsRefusedTooAndInAnotherOneIsNot() {
        Map<String, String> old = Map.of("%prod.quarkus.imsession.end-on-replay", "true");
        assertThatThrownBy(() -> RenamedSettings.check(builder("prod", old).build())).hasMessageContaining("destroy-on-replay");
        assertThatCode(() -> RenamedSettings.check(builder("dev", old).build())).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({ "QUARKUS_IMSESSION_END_ON_REPLAY, destroy-on-replay", "QUARKUS_IMSESSION_RENEWAL, renewal.mode",
            "QUARKUS_IMSESSION_TOUCH_INTERVAL, renewal.touch-interval" })
    void variableOfTheEnvironmentWithAnOldNameIsRefused(String variable, String now) {
        assertThatThrownBy(() -> RenamedSettings.check(environment(variable))).hasMessageContaining(now);
    }

    @ParameterizedTest
    @CsvSource({ "QUARKUS_IMSESSION_RENEWAL_GRACE", "QUARKUS_IMSESSION_RENEWAL_INTERVAL",
            "QUARKUS_IMSESSION_RENEWAL_TOUCH_INTERVAL", "QUARKUS_IMSESSION_DESTROY_ON_REPLAY" })
    void variableThatOldAndNewNameShareIsTheNewOne(String variable) {
        assertThatCode(() -> RenamedSettings.check(environment(variable))).doesNotThrowAnyException();
    }

    @Test
    void oldValueOfOnLimitFailsTheStartAndNamesTheNewOne() {
        assertThatThrownBy(() -> properties(Map.of("quarkus.imsession.references.\"user_id\".on-limit", "end-oldest")))
                .hasMessageContaining("end-oldest").hasMessageContaining("destroy-oldest");
    }

    private static SmallRyeConfig environment(String variable) {
        return new SmallRyeConfigBuilder().withSources(new EnvConfigSource(Map.of(variable, "1M"), 300)).build();
    }

    private static SmallRyeConfig properties(Map<String, String> values) {
        return builder("prod", values).withMapping(ImSessionConfig.class).withValidateUnknown(false).build();
    }

    private static SmallRyeConfigBuilder builder(String profile, Map<String, String> values) {
        return new SmallRyeConfigBuilder().addDiscoveredConverters().addDefaultInterceptors().withProfile(profile)
                .withSources(new PropertiesConfigSource(values, "test", 100));
    }
}
