package io.quarkiverse.imsession.postgresql.deployment;

import java.util.List;

import jakarta.enterprise.inject.Default;
import jakarta.inject.Singleton;

import org.jboss.jandex.ClassType;

import io.quarkiverse.imsession.deployment.ChosenStoreBuildItem;
import io.quarkiverse.imsession.deployment.ImSessionProcessor;
import io.quarkiverse.imsession.runtime.config.ImSessionBuildConfig.StoreKind;
import io.quarkiverse.imsession.runtime.config.StoreSettings;
import io.quarkiverse.imsession.runtime.postgresql.PostgresRecorder;
import io.quarkiverse.imsession.runtime.postgresql.config.PostgresBuildConfig;
import io.quarkiverse.imsession.runtime.store.SessionLimits;
import io.quarkiverse.imsession.spi.SessionStore;
import io.quarkus.arc.deployment.SyntheticBeanBuildItem;
import io.quarkus.datasource.common.runtime.DataSourceUtil;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.BuildSteps;
import io.quarkus.deployment.annotations.ExecutionTime;
import io.quarkus.deployment.annotations.Record;
import io.quarkus.deployment.builditem.FeatureBuildItem;
import io.quarkus.deployment.builditem.ShutdownContextBuildItem;
import io.quarkus.deployment.builditem.nativeimage.NativeImageResourcePatternsBuildItem;
import io.quarkus.reactive.datasource.deployment.ReactiveDataSourceBuildUtil;
import io.quarkus.reactive.pg.client.deployment.PgPoolBuildItem;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;

/** Makes the store in PostgreSQL, if the application keeps its sessions there. */
@BuildSteps(onlyIf = ImSessionProcessor.Enabled.class)
final class PostgresProcessor {

    @BuildStep
    FeatureBuildItem feature() {
        return new FeatureBuildItem("imsession-postgresql");
    }

    @BuildStep
    @Record(ExecutionTime.RUNTIME_INIT)
    void store(ChosenStoreBuildItem chosen, List<PgPoolBuildItem> pools, PostgresBuildConfig config, PostgresRecorder recorder,
            ShutdownContextBuildItem shutdown, BuildProducer<SyntheticBeanBuildItem> beans,
            BuildProducer<NativeImageResourcePatternsBuildItem> resources) {
        if (!chosen.is(StoreKind.POSTGRESQL)) {
            return;
        }
        String datasource = config.datasource().orElse(DataSourceUtil.DEFAULT_DATASOURCE_NAME);
        if (pools.stream().noneMatch(pool -> pool.getDataSourceName().equals(datasource))) {
            throw new ConfigurationException(noDatasource(datasource));
        }
        resources.produce(
                NativeImageResourcePatternsBuildItem.builder().includeGlob("META-INF/imsession/postgresql/*.sql").build());
        beans.produce(bean(SessionStore.class).unremovable().addInjectionPoint(ClassType.create(Vertx.class))
                .addInjectionPoint(ClassType.create(SessionLimits.class))
                .addInjectionPoint(ClassType.create(Pool.class), ReactiveDataSourceBuildUtil.qualifier(datasource))
                .createWith(recorder.store(shutdown)).done());
        beans.produce(bean(StoreSettings.class).createWith(recorder.settings()).done());
    }

    private static String noDatasource(String datasource) {
        return "Sessions are kept in PostgreSQL, but the application has no such reactive datasource: set "
                + DataSourceUtil.dataSourcePropertyKey(datasource, "db-kind")
                + "=postgresql, or quarkus.imsession.postgresql.datasource to the name of another datasource";
    }

    private static SyntheticBeanBuildItem.ExtendedBeanConfigurator bean(Class<?> type) {
        return SyntheticBeanBuildItem.configure(type).scope(Singleton.class).addQualifier(Default.class).setRuntimeInit();
    }
}
