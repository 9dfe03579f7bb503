package io.quarkiverse.imsession.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;

class CookieConfigTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", value = {
            // secure | path | domain     | name       | effective
            "true     | -    | -          | -          | __Host-connsid",
            "true     | /    | -          | -          | __Host-connsid",
            "true     | /    | ''         | ''         | __Host-connsid",
            "false    | -    | -          | -          | connsid",
            "true     | /app | -          | -          | connsid",
            "true     | -    | app.test   | -          | connsid",
            "true     | -    | -          | connsid    | connsid",
            "true     | -    | -          | __Host-sid | __Host-sid",
            "false    | /app | app.test   | sid        | sid" })
    void defaultNameHasThePrefixWhereBrowsersAcceptItAndAnExplicitOneStays(String secure, String path, String domain,
            String name, String effective) {
        Map<String, String> settings = new HashMap<>();
        settings.put("secure", secure);
        settings.put("path", path);
        settings.put("domain", domain);
        settings.put("name", name);
        settings.values().removeIf(value -> value == null);

        assertThat(config(settings).nameInForce()).isEqualTo(effective);
    }

    private static CookieConfig config(Map<String, String> settings) {
        Map<String, String> values = new HashMap<>();
        settings.forEach((name, value) -> values.put("quarkus.imsession.cookie." + name, value));
        return new SmallRyeConfigBuilder().addDiscoveredConverters().withMapping(ImSessionConfig.class)
                .withSources(new PropertiesConfigSource(values, "test", 100)).build().getConfigMapping(ImSessionConfig.class)
                .cookie();
    }
}
