package io.quarkiverse.imsession.deployment;

import java.util.function.BooleanSupplier;

import io.quarkiverse.imsession.FreshlyAuthenticated;
import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.deployment.ImSessionProcessor.Enabled;
import io.quarkiverse.imsession.runtime.config.ImSessionBuildConfig;
import io.quarkiverse.imsession.runtime.login.IdentityKeeper;
import io.quarkiverse.imsession.runtime.login.OtherMechanisms;
import io.quarkiverse.imsession.runtime.login.TakeOver;
import io.quarkiverse.imsession.runtime.security.FreshlyAuthenticatedInterceptor;
import io.quarkiverse.imsession.runtime.security.SessionAuthenticationMechanism;
import io.quarkiverse.imsession.runtime.security.SessionIdentityProvider;
import io.quarkus.arc.deployment.AdditionalBeanBuildItem;
import io.quarkus.deployment.Capabilities;
import io.quarkus.deployment.Capability;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.BuildSteps;
import io.quarkus.deployment.builditem.RunTimeConfigurationDefaultBuildItem;
import io.quarkus.runtime.configuration.ConfigurationException;

/** Log-ins with Quarkus Security. */
@BuildSteps(onlyIf = { Enabled.class, LoginProcessor.LoginsEnabled.class })
final class LoginProcessor {

    @BuildStep
    AdditionalBeanBuildItem beans(Capabilities capabilities) {
        requireSecurity(capabilities.isPresent(Capability.SECURITY));
        return AdditionalBeanBuildItem.builder().setUnremovable().addBeanClasses(SessionAuthenticationMechanism.class,
                SessionIdentityProvider.class, FreshlyAuthenticatedInterceptor.class, FreshlyAuthenticated.class,
                IdentityKeeper.class, OtherMechanisms.class, TakeOver.class).build();
    }

    static void requireSecurity(boolean present) {
        if (!present) {
            throw new ConfigurationException("quarkus.imsession.security.enabled is true, but the application has no Quarkus"
                    + " Security: add an extension that brings it, such as io.quarkus:quarkus-security, or remove the setting.");
        }
    }

    /** Defaults of settings that log-ins need. */
    @BuildStep
    void defaults(BuildProducer<RunTimeConfigurationDefaultBuildItem> defaults) {
        defaults.produce(new RunTimeConfigurationDefaultBuildItem(
                "quarkus.imsession.references.\"" + ImSession.PRINCIPAL + "\".indexed", "true"));
    }

    /** Whether users can log in to sessions. */
    static final class LoginsEnabled implements BooleanSupplier {

        private final ImSessionBuildConfig config;

        LoginsEnabled(ImSessionBuildConfig config) {
            this.config = config;
        }

        @Override
        public boolean getAsBoolean() {
            return config.security().enabled();
        }
    }
}
