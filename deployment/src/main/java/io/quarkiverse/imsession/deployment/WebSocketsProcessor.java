package io.quarkiverse.imsession.deployment;

import io.quarkiverse.imsession.deployment.ImSessionProcessor.Enabled;
import io.quarkiverse.imsession.runtime.websockets.SessionSockets;
import io.quarkiverse.imsession.runtime.websockets.SessionUpgradeCheck;
import io.quarkiverse.imsession.runtime.websockets.SocketSession;
import io.quarkus.arc.deployment.AdditionalBeanBuildItem;
import io.quarkus.deployment.Capabilities;
import io.quarkus.deployment.Capability;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.BuildSteps;

/** Sessions of WebSockets, if the application has WebSockets Next. */
@BuildSteps(onlyIf = Enabled.class)
final class WebSocketsProcessor {

    @BuildStep
    void beans(Capabilities capabilities, BuildProducer<AdditionalBeanBuildItem> beans) {
        if (capabilities.isPresent(Capability.WEBSOCKETS_NEXT)) {
            beans.produce(AdditionalBeanBuildItem.builder().setUnremovable().addBeanClasses(SessionUpgradeCheck.class,
                    SocketSession.class, SessionSockets.class).build());
        }
    }
}
