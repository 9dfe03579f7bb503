package io.quarkiverse.imsession.deployment;

import java.util.function.BooleanSupplier;

import io.quarkiverse.imsession.deployment.ImSessionProcessor.Enabled;
import io.quarkiverse.imsession.runtime.ImSessionRecorder;
import io.quarkiverse.imsession.runtime.config.ImSessionBuildConfig;
import io.quarkus.arc.deployment.SyntheticBeansRuntimeInitBuildItem;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.BuildSteps;
import io.quarkus.deployment.annotations.Consume;
import io.quarkus.deployment.annotations.ExecutionTime;
import io.quarkus.deployment.annotations.Record;
import io.quarkus.deployment.builditem.RunTimeConfigurationDefaultBuildItem;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.vertx.http.deployment.HttpRootPathBuildItem;
import io.quarkus.vertx.http.deployment.RouteBuildItem;

/** Notices of log-ins from new clients. */
@BuildSteps(onlyIf = { Enabled.class, NoticesProcessor.NoticesEnabled.class })
final class NoticesProcessor {

    private static final String PERMISSION = "quarkus.http.auth.permission.\"imsession-notices\".";
    private static final String PREFIX = "quarkus.imsession.notices.";

    @BuildStep
    PageBuildItem page(ImSessionBuildConfig config, HttpRootPathBuildItem root) {
        if (!new TemplatesProcessor.HasQute().getAsBoolean()) {
            throw new ConfigurationException(
                    PREFIX + "enabled is true, but the application has no Qute, which the page behind the"
                            + " link of a notice needs: add io.quarkus:quarkus-qute, or remove the setting.");
        }
        String path = config.notices().path();
        config.devices().path().filter(devices -> isWithin(path, devices) || isWithin(devices, path)).ifPresent(devices -> {
            throw new ConfigurationException(PREFIX + "path is '" + path + "', and quarkus.imsession.devices.path '" + devices
                    + "': neither page can be at or below the other, so give them paths such as /account/devices and"
                    + " /account/not-me.");
        });
        return DevicesProcessor.page(PREFIX + "path", path, config, root);
    }

    private static boolean isWithin(String path, String page) {
        return (path + '/').startsWith(page + '/');
    }

    /**
     * Lets everybody open the link, also where a policy of the application guards what is above it, as {@code /account/*}: in
     * Quarkus the policy of the longest path counts. Users have to reach the page from any browser, without a log-in.
     */
    @BuildStep
    void permit(ImSessionBuildConfig config, HttpRootPathBuildItem root,
            BuildProducer<RunTimeConfigurationDefaultBuildItem> defaults) {
        String path = DevicesProcessor.pathIn(root, config.notices().path());
        defaults.produce(new RunTimeConfigurationDefaultBuildItem(PERMISSION + "paths", path + "," + path + "/*"));
        defaults.produce(new RunTimeConfigurationDefaultBuildItem(PERMISSION + "policy", "permit"));
    }

    @BuildStep
    @Record(ExecutionTime.RUNTIME_INIT)
    @Consume(SyntheticBeansRuntimeInitBuildItem.class)
    RouteBuildItem route(ImSessionRecorder recorder, ImSessionBuildConfig config, HttpRootPathBuildItem root) {
        String path = config.notices().path();
        return DevicesProcessor.route(root, path, recorder.notices(DevicesProcessor.pathIn(root, path)));
    }

    /** Whether log-ins are compared. */
    static final class NoticesEnabled implements BooleanSupplier {

        private final ImSessionBuildConfig config;

        NoticesEnabled(ImSessionBuildConfig config) {
            this.config = config;
        }

        @Override
        public boolean getAsBoolean() {
            return config.notices().enabled();
        }
    }
}
