package io.quarkiverse.imsession.deployment;

import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

import org.jboss.logging.Logger;

import io.quarkiverse.imsession.deployment.ImSessionProcessor.Enabled;
import io.quarkiverse.imsession.runtime.ImSessionRecorder;
import io.quarkiverse.imsession.runtime.config.ImSessionBuildConfig;
import io.quarkus.arc.deployment.SyntheticBeansRuntimeInitBuildItem;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.BuildSteps;
import io.quarkus.deployment.annotations.Consume;
import io.quarkus.deployment.annotations.ExecutionTime;
import io.quarkus.deployment.annotations.Produce;
import io.quarkus.deployment.annotations.Record;
import io.quarkus.deployment.builditem.ServiceStartBuildItem;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.vertx.http.deployment.HttpRootPathBuildItem;
import io.quarkus.vertx.http.deployment.RouteBuildItem;
import io.quarkus.vertx.http.runtime.RouteConstants;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;

/** The page of devices, if it has a path. */
@BuildSteps(onlyIf = { Enabled.class, DevicesProcessor.HasPath.class })
final class DevicesProcessor {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.imsession");

    private static final String KEY = "quarkus.imsession.devices.path";
    /** A path that all layers read in the same way, without patterns of routes. */
    private static final Pattern PATH = Pattern.compile("(/(?!\\.{1,2}(/|$))[A-Za-z0-9._~-]+)+");

    @BuildStep
    PageBuildItem page(ImSessionBuildConfig config, HttpRootPathBuildItem root) {
        return page(KEY, config.devices().path().orElseThrow(), config, root);
    }

    /** The page of a setting. */
    static PageBuildItem page(String key, String path, ImSessionBuildConfig config, HttpRootPathBuildItem root) {
        if (!PATH.matcher(path).matches()) {
            throw new ConfigurationException(
                    key + " is '" + path + "', which is no plain path: begin each segment with a slash,"
                            + " and use letters, digits, dots, hyphens, tildes and underscores, as in /account/devices.");
        }
        if (!config.security().enabled()) {
            throw new ConfigurationException(
                    key + " is set, but users cannot log in to sessions, so the page would know nobody:"
                            + " set quarkus.imsession.security.enabled=true, or remove the setting.");
        }
        return new PageBuildItem(pathIn(root, path));
    }

    static String pathIn(HttpRootPathBuildItem root, String path) {
        return ImSessionProcessor.root(root) + path.substring(1);
    }

    @BuildStep
    @Record(ExecutionTime.RUNTIME_INIT)
    @Consume(SyntheticBeansRuntimeInitBuildItem.class)
    RouteBuildItem route(ImSessionRecorder recorder, ImSessionBuildConfig config, HttpRootPathBuildItem root) {
        String path = config.devices().path().orElseThrow();
        return route(root, path, recorder.devices(pathIn(root, path)));
    }

    /** The route of a page, with all that is below it. */
    static RouteBuildItem route(HttpRootPathBuildItem root, String path, Handler<RoutingContext> page) {
        // A path that does not begin with a slash is below the root path.
        return root.routeBuilder().orderedRoute(path.substring(1) + "/*", RouteConstants.ROUTE_ORDER_BEFORE_DEFAULT)
                .handler(page).build();
    }

    /** Tells at the build what is not there. */
    @BuildStep
    @Produce(ServiceStartBuildItem.class)
    void tell() {
        if (!new TemplatesProcessor.HasQute().getAsBoolean()) {
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
