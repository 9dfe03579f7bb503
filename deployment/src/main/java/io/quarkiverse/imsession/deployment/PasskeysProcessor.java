package io.quarkiverse.imsession.deployment;

import java.util.List;
import java.util.function.BooleanSupplier;

import org.eclipse.microprofile.config.ConfigProvider;

import io.quarkiverse.imsession.deployment.ImSessionProcessor.Enabled;
import io.quarkiverse.imsession.deployment.LoginProcessor.LoginsEnabled;
import io.quarkus.arc.deployment.AdditionalBeanBuildItem;
import io.quarkus.bootstrap.classloading.QuarkusClassLoader;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.BuildSteps;
import io.quarkus.vertx.http.deployment.NonApplicationRootPathBuildItem;

/** Log-ins by passkeys, if the application has them. Classes that need them are named only, and loaded only then. */
@BuildSteps(onlyIf = { Enabled.class, LoginsEnabled.class, PasskeysProcessor.Passkeys.class })
final class PasskeysProcessor {

    private static final String ROOM = "io.quarkiverse.imsession.runtime.passkeys.";
    private static final List<String> BEANS = List.of("PasskeyBridge", "PasskeyCookies", "PasskeyStandIn", "PasskeyChecks");
    private static final List<String> ENDPOINTS = List.of("login-options-challenge", "register-options-challenge", "login",
            "register", "logout");

    @BuildStep
    AdditionalBeanBuildItem beans() {
        return AdditionalBeanBuildItem.builder().setUnremovable().addBeanClasses(BEANS.stream().map(ROOM::concat).toList())
                .build();
    }

    @BuildStep
    void endpoints(NonApplicationRootPathBuildItem root, BuildProducer<LogInPathBuildItem> paths) {
        ENDPOINTS.forEach(endpoint -> paths
                .produce(new LogInPathBuildItem(root.getNonApplicationRootPath() + "webauthn/" + endpoint)));
    }

    /** Whether the application has passkeys. There is no capability that says so. */
    static final class Passkeys implements BooleanSupplier {

        @Override
        public boolean getAsBoolean() {
            return QuarkusClassLoader.isClassPresentAtRuntime("io.quarkus.security.webauthn.WebAuthnSecurity")
                    && ConfigProvider.getConfig().getOptionalValue("quarkus.webauthn.enabled", Boolean.class).orElse(true);
        }
    }
}
