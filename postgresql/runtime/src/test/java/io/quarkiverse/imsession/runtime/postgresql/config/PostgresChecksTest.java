package io.quarkiverse.imsession.runtime.postgresql.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkus.datasource.common.runtime.DataSourceUtil;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;

class PostgresChecksTest {

    private static final String PREFIX = "quarkus.imsession.postgresql.";
    private static final int CONNECTIONS = 20;

    @Test
    void theDefaultsCanWork() {
        assertThatCode(() -> check(true, CONNECTIONS)).doesNotThrowAnyException();
        assertThatCode(() -> check(false, 1)).doesNotThrowAnyException();
        assertThat(PostgresChecks.warning(config())).isEmpty();
    }

    /** Names become part of statements. */
    @ParameterizedTest
    @ValueSource(strings = { "x; DROP TABLE users --", "x\"y", "x'y", "x.y", "x y", "X", "1x", "\u00e4", "x\\", "x$y", "x-y",
            "x\u0000y", "x/*", "abcdefghijklmnopqrstuvwxyz_abcdefghijklmnopqrstuvwxyz_abcdefghijklmnop" })
    void namesThatAreMoreThanLettersDigitsAndUnderscoresFailTheStart(String name) {
        for (String setting : new String[] { "schema-name", "table-prefix" }) {
            assertThatThrownBy(() -> check(false, CONNECTIONS, setting, name)).as(name)
                    .isInstanceOf(ConfigurationException.class).hasMessageStartingWith(PREFIX + setting)
                    .hasMessageContaining("small letters, digits and underscores");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "command-timeout=0S", "command-timeout=-1S", "command-timeout=0.0001S", "cleanup-interval=-1S",
            "cleanup-batch=0", "cleanup-batch=10001", "cleanup-batch=-1" })
    void numbersThatCannotWorkFailTheStart(String setting) {
        String[] words = setting.split("=");
        assertThatThrownBy(() -> check(false, CONNECTIONS, words)).isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(PREFIX + words[0]);
    }

    @Test
    void longCommandTimeoutIsWarnedOf() {
        assertThat(PostgresChecks.warning(config("command-timeout", "11S"))).hasValueSatisfying(
                warning -> assertThat(warning).contains(PREFIX + "command-timeout", "each request waits that long"));
    }

    @Test
    void nearCacheWithoutWhatTellsItOfChangesFailsTheStart() {
        assertThatThrownBy(() -> check(true, CONNECTIONS, "notify", "false"))
                .hasMessageStartingWith(PREFIX + "notify is false");
    }

    @Test
    void nearCacheThatTakesTheOnlyConnectionFailsTheStart() {
        assertThatThrownBy(() -> check(true, 1)).isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("quarkus.datasource.reactive.max-size is 1").hasMessageEndingWith("Raise it");
        assertThatCode(() -> check(true, 2)).doesNotThrowAnyException();
    }

    private static void check(boolean nearCache, int connections, String... settings) {
        PostgresChecks.check(config(settings), nearCache, DataSourceUtil.DEFAULT_DATASOURCE_NAME, connections);
    }

    /** @param settings a name and its value, or nothing */
    private static PostgresConfig config(String... settings) {
        Map<String, String> values = new HashMap<>();
        if (settings.length > 0) {
            values.put(PREFIX + settings[0], settings[1]);
        }
        return new SmallRyeConfigBuilder().addDiscoveredConverters().withMapping(PostgresConfig.class)
                .withSources(new PropertiesConfigSource(values, "test", 100)).build().getConfigMapping(PostgresConfig.class);
    }
}
