package io.quarkiverse.imsession.deployment;

import io.quarkiverse.imsession.deployment.ImSessionProcessor.Enabled;
import io.quarkiverse.imsession.deployment.LoginProcessor.LoginsEnabled;
import io.quarkiverse.imsession.runtime.form.FormBridge;
import io.quarkiverse.imsession.runtime.form.FormChecks;
import io.quarkiverse.imsession.runtime.form.FormCookies;
import io.quarkiverse.imsession.runtime.form.FormStandIn;
import io.quarkus.arc.deployment.AdditionalBeanBuildItem;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.BuildSteps;
import io.quarkus.vertx.http.runtime.VertxHttpBuildTimeConfig;

/** Log-ins by the form of Quarkus, if the application has it. */
@BuildSteps(onlyIf = { Enabled.class, LoginsEnabled.class })
final class FormProcessor {

    @BuildStep
    void beans(VertxHttpBuildTimeConfig http, BuildProducer<AdditionalBeanBuildItem> beans) {
        if (http.auth().form()) {
            beans.produce(AdditionalBeanBuildItem.builder().setUnremovable()
                    .addBeanClasses(FormBridge.class, FormCookies.class, FormStandIn.class, FormChecks.class).build());
        }
    }
}
