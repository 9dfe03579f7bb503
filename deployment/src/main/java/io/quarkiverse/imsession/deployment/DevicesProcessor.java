package io.quarkiverse.imsession.deployment;

import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

import org.jboss.logging.Logger;

import io.quarkiverse.imsession.deployment.ImSessionProcessor.Enabled;
import io.quarkiverse.imsession.runtime.ImSessionRecorder;
import io.quarkiverse.imsession.runtime.config.ImSessionBuildConfig;
import io.quarkiverse.imsession.runtime.devices.DevicesPage;
import io.quarkus.arc.deployment.AdditionalBeanBuildItem;
import io.quarkus.arc.deployment.SyntheticBeansRuntimeInitBuildItem;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.BuildSteps;
import io.quarkus.deployment.annotations.Consume;
import io.quarkus.deployment.annotations.ExecutionTime;
import io.quarkus.deployment.annotations.Record;
import io.quarkus.deployment.builditem.nativeimage.NativeImageResourceBuildItem;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.vertx.http.deployment.HttpRootPathBuildItem;
import io.quarkus.vertx.http.deployment.RouteBuildItem;
import io.quarkus.vertx.http.runtime.RouteConstants;

/** The page of devices, if it has a path. Classes that need Qute are named only, and loaded only if the application has it. */
@BuildSteps(onlyIf = { Enabled.class, DevicesProcessor.HasPath.class })
final class DevicesProcessor {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.imsession");

    private static final String KEY = "quarkus.imsession.devices.path";
    private static final String ROOM = "io.quarkiverse.imsession.runtime.templates.";
    private static final List<String> BEANS = List.of("DevicesTemplate", "DevicesMessages", "GermanDevicesMessages");
    private static final String TEMPLATE = "META-INF/imsession/devices.html";
    /** A path that all layers read in the same way, without patterns of routes. */
    private static final Pattern PATH = Pattern.compile("(/(?!\\.{1,2}(/|$))[A-Za-z0-9._~-]+)+");

    @BuildStep
    PageBuildItem page(ImSessionBuildConfig config, HttpRootPathBuildItem root) {
        String path = config.devices().path().orElseThrow();
        if (!PATH.matcher(path).matches()) {
            throw new ConfigurationException(
                    KEY + " is '" + path + "', which is no plain path: begin each segment with a slash,"
                            + " and use letters, digits, dots, hyphens, tildes and underscores, as in /account/devices.");
        }
        if (!config.security().enabled()) {
            throw new ConfigurationException(
                    KEY + " is set, but users cannot log in to sessions, so the page would know nobody:"
                            + " set quarkus.imsession.security.enabled=true, or remove the setting.");
        }
        return new PageBuildItem(pathIn(root, path));
    }

    private static String pathIn(HttpRootPathBuildItem root, String path) {
        return ImSessionProcessor.root(root) + path.substring(1);
    }

    @BuildStep
    @Record(ExecutionTime.RUNTIME_INIT)
    @Consume(SyntheticBeansRuntimeInitBuildItem.class)
    RouteBuildItem route(ImSessionRecorder recorder, ImSessionBuildConfig config, HttpRootPathBuildItem root) {
        // Paths that do not begin with a slash are below the root path.
        String path = config.devices().path().orElseThrow().substring(1);
        return root.routeBuilder().orderedRoute(path + "/*", RouteConstants.ROUTE_ORDER_BEFORE_DEFAULT)
                .handler(recorder.devices(pathIn(root, '/' + path))).build();
    }

    @BuildStep
    void templates(BuildProducer<AdditionalBeanBuildItem> beans, BuildProducer<NativeImageResourceBuildItem> resources) {
        if (new TemplatesProcessor.HasQute().getAsBoolean()) {
            beans.produce(AdditionalBeanBuildItem.builder().setUnremovable()
                    .addBeanClasses(BEANS.stream().map(ROOM::concat).toList()).build());
            resources.produce(new NativeImageResourceBuildItem(TEMPLATE, DevicesPage.STYLESHEET));
        } else {
            LOG.infof(
                    "%s is set, and the application has no Qute: the page of devices is JSON only. Add io.quarkus:quarkus-qute"
                            + " to have it as HTML",
                    KEY);
        }
    }

    /** Whether there is such a page. */
    static final class HasPath implements BooleanSupplier {

        private final ImSessionBuildConfig config;

        HasPath(ImSessionBuildConfig config) {
            this.config = config;
        }

        @Override
        public boolean getAsBoolean() {
            return config.devices().path().isPresent();
        }
    }
}
