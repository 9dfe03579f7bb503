package io.quarkiverse.imsession.runtime.postgresql;

import java.util.function.Function;

import org.jboss.logging.Logger;

import io.quarkiverse.imsession.runtime.config.ImSessionConfig;
import io.quarkiverse.imsession.runtime.config.StoreSettings;
import io.quarkiverse.imsession.runtime.postgresql.client.PgConnections;
import io.quarkiverse.imsession.runtime.postgresql.config.PostgresBuildConfig;
import io.quarkiverse.imsession.runtime.postgresql.config.PostgresChecks;
import io.quarkiverse.imsession.runtime.postgresql.config.PostgresConfig;
import io.quarkiverse.imsession.runtime.postgresql.config.PostgresConfig.SchemaMode;
import io.quarkiverse.imsession.runtime.postgresql.session.Tables;
import io.quarkiverse.imsession.runtime.postgresql.upkeep.Schema;
import io.quarkiverse.imsession.runtime.postgresql.upkeep.SchemaWatch;
import io.quarkiverse.imsession.runtime.session.SessionMetrics;
import io.quarkiverse.imsession.runtime.store.SessionLimits;
import io.quarkiverse.imsession.spi.SessionStore;
import io.quarkus.arc.Arc;
import io.quarkus.arc.InstanceHandle;
import io.quarkus.arc.SyntheticCreationalContext;
import io.quarkus.datasource.common.runtime.DataSourceUtil;
import io.quarkus.reactive.datasource.runtime.DataSourcesReactiveRuntimeConfig;
import io.quarkus.reactive.datasource.runtime.ReactiveDataSourceUtil;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.RuntimeValue;
import io.quarkus.runtime.ShutdownContext;
import io.quarkus.runtime.annotations.Recorder;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;

/** Makes the store in PostgreSQL when the application starts. */
@Recorder
public class PostgresRecorder {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.imsession.postgresql");

    private final PostgresBuildConfig buildConfig;
    private final RuntimeValue<PostgresConfig> config;
    private final RuntimeValue<ImSessionConfig> sessionConfig;
    private final RuntimeValue<DataSourcesReactiveRuntimeConfig> datasources;

    public PostgresRecorder(PostgresBuildConfig buildConfig, RuntimeValue<PostgresConfig> config,
            RuntimeValue<ImSessionConfig> sessionConfig, RuntimeValue<DataSourcesReactiveRuntimeConfig> datasources) {
        this.buildConfig = buildConfig;
        this.config = config;
        this.sessionConfig = sessionConfig;
        this.datasources = datasources;
    }

    /** Waits until the tables are checked. */
    public Function<SyntheticCreationalContext<SessionStore>, SessionStore> store(ShutdownContext shutdown) {
        return context -> {
            PostgresConfig settings = config.getValue();
            String datasource = buildConfig.datasource().orElse(DataSourceUtil.DEFAULT_DATASOURCE_NAME);
            PostgresChecks.check(settings, sessionConfig.getValue().nearCache().enabled(), datasource,
                    datasources.getValue().getDataSourceReactiveRuntimeConfig(datasource).maxSize());
            PostgresChecks.warning(settings).ifPresent(LOG::warn);
            Vertx vertx = context.getInjectedReference(Vertx.class);
            Pool pool = context.getInjectedReference(Pool.class, ReactiveDataSourceUtil.qualifier(datasource));
            checkSchema(vertx, new PgConnections(vertx, pool, datasource, settings.commandTimeout()), shutdown);
            PostgresSessionStore store = new PostgresSessionStore(vertx, pool, datasource, tables(), settings.commandTimeout(),
                    sessionConfig.getValue().referenceFields(), context.getInjectedReference(SessionLimits.class),
                    settings.cleanupInterval(), settings.cleanupBatch(), sessionConfig.getValue().journal().maxAge(),
                    isNotifying(),
                    counters());
            shutdown.addShutdownTask(store::close);
            return store;
        };
    }

    private static StoreCounters counters() {
        InstanceHandle<SessionMetrics> found = Arc.container().instance(SessionMetrics.class);
        if (!found.isAvailable()) {
            return StoreCounters.NONE;
        }
        SessionMetrics meters = found.get();
        meters.storeCounts();
        return new StoreCounters(meters::cleaned, meters::retried);
    }

    private void checkSchema(Vertx vertx, PgConnections connections, ShutdownContext shutdown) {
        if (schemaMode() != SchemaMode.NONE) {
            Schema schema = new Schema(connections, tables());
            SchemaWatch watch = new SchemaWatch(vertx, schemaMode() == SchemaMode.CREATE ? schema::create : schema::validate);
            shutdown.addShutdownTask(watch::close);
            watch.start();
        }
    }

    public Function<SyntheticCreationalContext<StoreSettings>, StoreSettings> settings() {
        return context -> new StoreSettings(
                PostgresChecks.settings(buildConfig, config.getValue(), schemaMode(), isNotifying()),
                id -> "SELECT * FROM " + tables().sessions() + " WHERE id = '" + id.value() + "'");
    }

    private boolean isNotifying() {
        return config.getValue().notifyChanges().orElse(sessionConfig.getValue().nearCache().enabled());
    }

    private Tables tables() {
        return new Tables(config.getValue().schemaName().orElse(null), config.getValue().tablePrefix());
    }

    private SchemaMode schemaMode() {
        return config.getValue().schema()
                .orElse(LaunchMode.current().isDevOrTest() ? SchemaMode.CREATE : SchemaMode.VALIDATE);
    }
}
