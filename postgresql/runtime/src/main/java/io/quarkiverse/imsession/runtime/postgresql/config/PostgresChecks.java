package io.quarkiverse.imsession.runtime.postgresql.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import io.quarkiverse.imsession.runtime.config.Setting;
import io.quarkiverse.imsession.runtime.config.SettingsInForce;
import io.quarkus.datasource.common.runtime.DataSourceUtil;
import io.quarkus.runtime.configuration.ConfigurationException;

/** Checks the settings of the store in PostgreSQL. */
public final class PostgresChecks {

    private static final Pattern SCHEMA_NAME = Pattern.compile("[a-z_][a-z0-9_]{0,62}");
    private static final Pattern TABLE_PREFIX = Pattern.compile("[a-z_][a-z0-9_]{0,30}");
    private static final Duration LONG_COMMAND = Duration.ofSeconds(10);
    private static final int LARGEST_BATCH = 10_000;

    private PostgresChecks() {
    }

    /**
     * Refuses settings that cannot work.
     *
     * @param nearCache whether sessions are kept in the memory of the application
     * @param datasource the name of the datasource
     * @param connections how many connections it may have
     * @throws ConfigurationException with the name of the setting and the mend
     */
    public static void check(PostgresConfig config, boolean nearCache, String datasource, int connections) {
        config.schemaName().ifPresent(name -> require(SCHEMA_NAME.matcher(name).matches(), "schema-name",
                "is not 1 to 63 small letters, digits and underscores, with no digit first"));
        require(TABLE_PREFIX.matcher(config.tablePrefix()).matches(), "table-prefix",
                "is not 1 to 31 small letters, digits and underscores, with no digit first");
        require(config.commandTimeout().toMillis() > 0, "command-timeout", "is not positive, for example 2S");
        require(!config.cleanupInterval().isNegative(), "cleanup-interval", "is negative: set 0 to switch it off");
        require(config.cleanupBatch() >= 1 && config.cleanupBatch() <= LARGEST_BATCH, "cleanup-batch",
                "is not between 1 and " + LARGEST_BATCH);
        require(config.notifyChanges().orElse(true) || !nearCache, "notify",
                "is false, but quarkus.imsession.near-cache.enabled is true: the near cache would keep sessions that have changed."
                        + " Remove one of the settings");
        if (nearCache && connections < 2) {
            throw new ConfigurationException(DataSourceUtil.dataSourcePropertyKey(datasource, "reactive.max-size") + " is "
                    + connections + ", but quarkus.imsession.near-cache.enabled is true: the near cache keeps a connection for"
                    + " itself, so that requests would get none. Raise it");
        }
    }

    private static void require(boolean condition, String name, String problem) {
        if (!condition) {
            throw new ConfigurationException("quarkus.imsession.postgresql." + name + " " + problem);
        }
    }

    /** A warning about a doubtful setting. */
    public static Optional<String> warning(PostgresConfig config) {
        return config.commandTimeout().compareTo(LONG_COMMAND) <= 0 ? Optional.empty()
                : Optional.of("quarkus.imsession.postgresql.command-timeout is " + config.commandTimeout()
                        + ": while PostgreSQL does not answer, each request waits that long");
    }

    /** The settings in force, for the Dev UI. */
    public static List<Setting> settings(PostgresBuildConfig build, PostgresConfig config, PostgresConfig.SchemaMode schema,
            boolean isNotifying) {
        return List.of(new Setting("postgresql.datasource", build.datasource().orElse(DataSourceUtil.DEFAULT_DATASOURCE_NAME)),
                new Setting("postgresql.schema", SettingsInForce.text(schema)),
                new Setting("postgresql.schema-name", config.schemaName().orElse("by search_path")),
                new Setting("postgresql.table-prefix", config.tablePrefix()),
                new Setting("postgresql.command-timeout", SettingsInForce.text(config.commandTimeout())),
                new Setting("postgresql.cleanup-interval", SettingsInForce.text(config.cleanupInterval())),
                new Setting("postgresql.cleanup-batch", SettingsInForce.text(config.cleanupBatch())),
                new Setting("postgresql.notify", SettingsInForce.text(isNotifying)));
    }
}
