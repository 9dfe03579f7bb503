package io.quarkiverse.imsession.runtime.postgresql.config;

import java.time.Duration;
import java.util.Optional;

import io.quarkus.runtime.annotations.ConfigDocDefault;
import io.quarkus.runtime.annotations.ConfigPhase;
import io.quarkus.runtime.annotations.ConfigRoot;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;

/** The settings of the store in PostgreSQL. */
@ConfigMapping(prefix = "quarkus.imsession.postgresql")
@ConfigRoot(phase = ConfigPhase.RUN_TIME)
public interface PostgresConfig {

    /**
     * What happens to the tables when the application starts: `validate` fails the start with the statement that is missing,
     * `create` runs it, and `none` does not look. To create tables takes rights that an application in production need not
     * have.
     */
    @ConfigDocDefault(value = "`create` in development and test mode, `validate` otherwise", escape = false)
    Optional<SchemaMode> schema();

    /** The schema of the tables: small letters, digits and underscores. If it is absent, the `search_path` decides. */
    Optional<String> schemaName();

    /**
     * The beginning of the names of tables and indexes: small letters, digits and underscores. Applications that share a schema
     * need different prefixes.
     */
    @WithDefault("imsession_")
    String tablePrefix();

    /**
     * How long an operation may take, including the time to wait for a connection, to connect, and to repeat statements. After
     * this time the request is answered with 503.
     */
    @WithDefault("2S")
    Duration commandTimeout();

    /**
     * The time between two searches for expired sessions, give or take a quarter. Instances share the work. With `0`, this
     * instance does not search; if none does, expired sessions stay in the table, although nobody gets them.
     */
    @WithDefault("1M")
    Duration cleanupInterval();

    /** How many sessions a statement of such a search looks at: 1 to 10000. */
    @WithDefault("500")
    int cleanupBatch();

    /**
     * Whether changes are told to other instances (`NOTIFY`), for their near caches. All instances need the same value.
     * PostgreSQL then commits changes of sessions one after the other, so leave it off where nobody listens.
     */
    @WithName("notify")
    @ConfigDocDefault(value = "the value of `quarkus.imsession.near-cache.enabled`", escape = false)
    Optional<Boolean> notifyChanges();

    /** What happens to the tables when the application starts. */
    enum SchemaMode {
        /** The start fails if something is missing. */
        VALIDATE,
        /** What is missing is created. */
        CREATE,
        /** Nothing is checked. */
        NONE
    }
}
