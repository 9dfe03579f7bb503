package io.quarkiverse.imsession.deployment;

import java.util.function.Consumer;

import org.eclipse.microprofile.config.ConfigProvider;

import io.quarkus.builder.BuildChainBuilder;
import io.quarkus.builder.BuildContext;
import io.quarkus.builder.BuildStep;
import io.quarkus.deployment.builditem.FeatureBuildItem;
import io.quarkus.redis.deployment.client.RedisBuildTimeConfig;
import io.smallrye.config.SmallRyeConfig;

/** Reads what quarkus-redis-client is told during a build, as its own build steps are told it. */
final class EffectiveRedisSettings {

    /** A system property, as build and test do not share classes. */
    private static final String RESULT = EffectiveRedisSettings.class.getName();

    private EffectiveRedisSettings() {
    }

    static String get() {
        return System.getProperty(RESULT);
    }

    static Consumer<BuildChainBuilder> recorder() {
        return chain -> chain.addBuildStep(new BuildStep() {
            @Override
            public void execute(BuildContext context) {
                RedisBuildTimeConfig config = ConfigProvider.getConfig().unwrap(SmallRyeConfig.class)
                        .getConfigMapping(RedisBuildTimeConfig.class);
                System.setProperty(RESULT, "dev service " + config.clients().get("<default>").devservices().enabled()
                        + ", health check " + config.healthEnabled());
                context.produce(new FeatureBuildItem("redis-settings-were-read"));
            }
        }).produces(FeatureBuildItem.class).build();
    }
}
