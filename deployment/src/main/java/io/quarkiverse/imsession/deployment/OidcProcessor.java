package io.quarkiverse.imsession.deployment;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.logging.Logger;

import io.quarkiverse.imsession.deployment.ImSessionProcessor.Enabled;
import io.quarkiverse.imsession.deployment.LoginProcessor.LoginsEnabled;
import io.quarkiverse.imsession.runtime.oidc.OidcLogoutRecorder;
import io.quarkiverse.imsession.runtime.oidc.OidcReferences;
import io.quarkus.arc.deployment.AdditionalBeanBuildItem;
import io.quarkus.arc.deployment.SyntheticBeansRuntimeInitBuildItem;
import io.quarkus.bootstrap.classloading.QuarkusClassLoader;
import io.quarkus.builder.item.SimpleBuildItem;
import io.quarkus.deployment.Capabilities;
import io.quarkus.deployment.Capability;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.BuildSteps;
import io.quarkus.deployment.annotations.Consume;
import io.quarkus.deployment.annotations.ExecutionTime;
import io.quarkus.deployment.annotations.Record;
import io.quarkus.deployment.builditem.CombinedIndexBuildItem;
import io.quarkus.deployment.builditem.RunTimeConfigurationDefaultBuildItem;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.vertx.http.deployment.FilterBuildItem;
import io.quarkus.vertx.http.runtime.security.SecurityHandlerPriorities;

/** Log-ins by OIDC, if the application has it. Classes that need it are named only, and loaded only then. */
@BuildSteps(onlyIf = { Enabled.class, LoginsEnabled.class })
final class OidcProcessor {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.imsession");
    private static final DotName MANAGER = DotName.createSimple("io.quarkus.oidc.TokenStateManager");
    private static final DotName DEFAULT_MANAGER = DotName.createSimple("io.quarkus.oidc.runtime.DefaultTokenStateManager");
    private static final String OF_QUARKUS = "io.quarkus.oidc.";
    private static final String ROOM = "io.quarkiverse.imsession.runtime.oidc.";
    private static final List<String> BEANS = List.of("SessionTokenStateManager", "SessionOidcSession", "OidcCookies",
            "OidcBridge",
            "OidcTenants", "OidcLogouts", "EndedSessions", "FreshLoginFilter", "OidcChecks", "RefreshEvents");
    private static final List<String> REFERENCES = List.of(OidcReferences.SESSION, OidcReferences.SUBJECT);
    /** After the filter of sessions, and before authentication and the endpoint of Quarkus. */
    private static final int BEFORE_AUTHENTICATION = SecurityHandlerPriorities.AUTHENTICATION + 50;

    /** Log-ins by OIDC are kept in sessions. */
    static final class OidcBuildItem extends SimpleBuildItem {
    }

    @BuildStep
    void find(Capabilities capabilities, CombinedIndexBuildItem index, BuildProducer<OidcBuildItem> oidc) {
        Config config = ConfigProvider.getConfig();
        if (capabilities.isMissing(Capability.OIDC) || !isOn(config, "quarkus.oidc.enabled")) {
            return;
        }
        for (String store : List.of("redis", "db")) {
            String switchedOn = "quarkus.oidc." + store + "-token-state-manager.enabled";
            if (hasExtension(store) && isOn(config, switchedOn)) {
                throw new ConfigurationException("The application has quarkus-oidc-" + store + "-token-state-manager, but its"
                        + " sessions keep the tokens of OIDC: remove that extension, or set " + switchedOn + "=false.");
            }
        }
        // The classes of Quarkus are not in the index.
        Optional<ClassInfo> other = Stream
                .concat(index.getIndex().getAllKnownImplementations(MANAGER).stream(),
                        index.getIndex().getAllKnownSubclasses(DEFAULT_MANAGER).stream())
                .filter(type -> !type.name().toString().startsWith(OF_QUARKUS) && !type.name().toString().startsWith(ROOM))
                .findFirst();
        if (other.isPresent()) {
            LOG.warnf(
                    "Log-ins by OIDC are not kept in sessions, as the application has its own TokenStateManager, %s: remove it,"
                            + " or accept that ending a session logs nobody out",
                    other.get().name());
            return;
        }
        oidc.produce(new OidcBuildItem());
    }

    private static boolean hasExtension(String store) {
        String name = store.substring(0, 1).toUpperCase(Locale.ROOT) + store.substring(1);
        return QuarkusClassLoader
                .isClassPresentAtRuntime("io.quarkus.oidc." + store + ".token.state.manager.runtime.Oidc" + name
                        + "TokenStateManagerRecorder");
    }

    private static boolean isOn(Config config, String key) {
        return config.getOptionalValue(key, Boolean.class).orElse(true);
    }

    @BuildStep
    void beans(Optional<OidcBuildItem> oidc, BuildProducer<AdditionalBeanBuildItem> beans,
            BuildProducer<RunTimeConfigurationDefaultBuildItem> defaults) {
        if (oidc.isPresent()) {
            beans.produce(AdditionalBeanBuildItem.builder().setUnremovable()
                    .addBeanClasses(BEANS.stream().map(ROOM::concat).toList()).build());
            REFERENCES.forEach(field -> defaults.produce(new RunTimeConfigurationDefaultBuildItem(
                    "quarkus.imsession.references.\"" + field + "\".indexed", "true")));
        }
    }

    @BuildStep
    @Record(ExecutionTime.RUNTIME_INIT)
    @Consume(SyntheticBeansRuntimeInitBuildItem.class)
    void logouts(Optional<OidcBuildItem> oidc, OidcLogoutRecorder recorder, BuildProducer<FilterBuildItem> filters) {
        if (oidc.isPresent()) {
            filters.produce(new FilterBuildItem(recorder.logouts(), BEFORE_AUTHENTICATION));
        }
    }
}
