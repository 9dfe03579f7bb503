package io.quarkiverse.imsession.deployment;

import java.util.Optional;

import jakarta.enterprise.inject.Default;
import jakarta.inject.Singleton;

import org.jboss.jandex.ClassType;
import org.jboss.jandex.DotName;

import io.quarkiverse.imsession.deployment.ImSessionProcessor.Enabled;
import io.quarkiverse.imsession.redis.RedisKeys;
import io.quarkiverse.imsession.runtime.ImSessionRecorder;
import io.quarkiverse.imsession.runtime.config.ImSessionBuildConfig;
import io.quarkiverse.imsession.runtime.config.ImSessionBuildConfig.StoreKind;
import io.quarkiverse.imsession.runtime.config.StoreSettings;
import io.quarkiverse.imsession.runtime.store.SessionLimits;
import io.quarkiverse.imsession.spi.SessionStore;
import io.quarkus.arc.deployment.BeanDiscoveryFinishedBuildItem;
import io.quarkus.arc.deployment.SyntheticBeanBuildItem;
import io.quarkus.arc.deployment.UnremovableBeanBuildItem;
import io.quarkus.deployment.Capabilities;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.BuildSteps;
import io.quarkus.deployment.annotations.ExecutionTime;
import io.quarkus.deployment.annotations.Record;
import io.quarkus.deployment.builditem.LaunchModeBuildItem;
import io.quarkus.deployment.builditem.ShutdownContextBuildItem;
import io.quarkus.deployment.builditem.nativeimage.NativeImageResourcePatternsBuildItem;
import io.quarkus.deployment.builditem.nativeimage.ReflectiveFieldBuildItem;
import io.quarkus.deployment.builditem.nativeimage.RuntimeInitializedClassBuildItem;
import io.quarkus.proxy.deployment.ProxyRegistryBuildItem;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.tls.deployment.spi.TlsRegistryBuildItem;
import io.vertx.core.Vertx;
import io.vertx.redis.client.impl.RedisStandaloneConnection;

/** Chooses the store: that of the application, or the configured built-in one. */
@BuildSteps(onlyIf = Enabled.class)
final class SessionStoreProcessor {

    private static final String POSTGRESQL = "io.quarkiverse.imsession.store.postgresql";
    private static final DotName STORE = DotName.createSimple(SessionStore.class);

    @BuildStep
    UnremovableBeanBuildItem keepApplicationStore() {
        return UnremovableBeanBuildItem.beanTypes(STORE);
    }

    @BuildStep
    ChosenStoreBuildItem choose(BeanDiscoveryFinishedBuildItem beans, ImSessionBuildConfig config, LaunchModeBuildItem mode,
            Capabilities capabilities) {
        boolean own = beans.beanStream().withBeanType(STORE).firstResult().isPresent();
        return new ChosenStoreBuildItem(own ? Optional.empty()
                : Optional.of(kind(config.store(), mode.getLaunchMode().isDevOrTest(),
                        capabilities.isPresent(POSTGRESQL))));
    }

    /** @param postgresql whether the application has the artifact of that store */
    static StoreKind kind(Optional<StoreKind> configured, boolean devOrTest, boolean postgresql) {
        if (configured.equals(Optional.of(StoreKind.POSTGRESQL)) && !postgresql) {
            throw new ConfigurationException(
                    "quarkus.imsession.store is postgresql, but the application cannot keep sessions in"
                            + " PostgreSQL: add the dependency io.quarkiverse.imsession:quarkus-imsession-postgresql");
        }
        StoreKind usual = devOrTest ? StoreKind.MEMORY : StoreKind.REDIS;
        return configured.orElse(postgresql ? StoreKind.POSTGRESQL : usual);
    }

    @BuildStep
    @Record(ExecutionTime.RUNTIME_INIT)
    SyntheticBeanBuildItem limits(ImSessionRecorder recorder) {
        return SyntheticBeanBuildItem.configure(SessionLimits.class).scope(Singleton.class).addQualifier(Default.class)
                .setRuntimeInit().createWith(recorder.sessionLimits()).done();
    }

    /** For the Dev UI. The store of another artifact tells its own. */
    @BuildStep
    @Record(ExecutionTime.RUNTIME_INIT)
    void settings(ChosenStoreBuildItem chosen, ImSessionRecorder recorder, BuildProducer<SyntheticBeanBuildItem> beans) {
        if (!chosen.is(StoreKind.POSTGRESQL)) {
            beans.produce(SyntheticBeanBuildItem.configure(StoreSettings.class).scope(Singleton.class)
                    .addQualifier(Default.class).setRuntimeInit().createWith(recorder.storeSettings(chosen.kind())).done());
        }
    }

    @BuildStep
    @Record(ExecutionTime.RUNTIME_INIT)
    void memoryStore(ChosenStoreBuildItem chosen, ImSessionRecorder recorder, BuildProducer<SyntheticBeanBuildItem> beans) {
        if (chosen.is(StoreKind.MEMORY)) {
            beans.produce(store().addInjectionPoint(ClassType.create(SessionLimits.class)).createWith(recorder.memoryStore())
                    .done());
        }
    }

    /** Makes the Redis store. Its clients use the settings of the application's client, which need not exist itself. */
    @BuildStep
    @Record(ExecutionTime.RUNTIME_INIT)
    void redisStore(ChosenStoreBuildItem chosen, ImSessionBuildConfig config, ImSessionRecorder recorder,
            TlsRegistryBuildItem tls, ProxyRegistryBuildItem proxies, ShutdownContextBuildItem shutdown,
            BuildProducer<SyntheticBeanBuildItem> beans, BuildProducer<NativeImageResourcePatternsBuildItem> resources,
            BuildProducer<ReflectiveFieldBuildItem> fields) {
        if (chosen.is(StoreKind.REDIS)) {
            String clientName = config.redis().clientName();
            resources.produce(NativeImageResourcePatternsBuildItem.builder().includeGlob("META-INF/imsession/*.lua").build());
            fields.produce(new ReflectiveFieldBuildItem("Commands are written together",
                    RedisStandaloneConnection.class.getName(), "netSocket"));
            beans.produce(store().addInjectionPoint(ClassType.create(Vertx.class))
                    .addInjectionPoint(ClassType.create(RedisKeys.class))
                    .addInjectionPoint(ClassType.create(SessionLimits.class))
                    .createWith(recorder.redisStore(clientName, tls.registry(), proxies.registry(), shutdown)).done());
        }
    }

    /**
     * The Redis client has a {@code static Random} in four classes, which a native image must not contain. quarkus-redis-client
     * replaces it by null and initializes the classes at run time, except this one. Without this step no connection with
     * Sentinels and {@code auto-failover} would work.
     */
    @BuildStep
    void initializeAtRunTime(ChosenStoreBuildItem chosen, BuildProducer<RuntimeInitializedClassBuildItem> classes) {
        if (chosen.is(StoreKind.REDIS)) {
            classes.produce(new RuntimeInitializedClassBuildItem("io.vertx.redis.client.impl.SentinelTopology"));
        }
    }

    private static SyntheticBeanBuildItem.ExtendedBeanConfigurator store() {
        return SyntheticBeanBuildItem.configure(SessionStore.class).scope(Singleton.class).addQualifier(Default.class)
                .setRuntimeInit().unremovable();
    }
}
