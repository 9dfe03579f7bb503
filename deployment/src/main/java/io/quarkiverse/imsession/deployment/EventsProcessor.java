package io.quarkiverse.imsession.deployment;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jboss.jandex.DotName;
import org.jboss.logging.Logger;

import io.quarkiverse.imsession.SessionEvent;
import io.quarkiverse.imsession.deployment.ImSessionProcessor.Enabled;
import io.quarkus.arc.deployment.BeanDiscoveryFinishedBuildItem;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.BuildSteps;
import io.quarkus.deployment.annotations.Produce;
import io.quarkus.deployment.builditem.ServiceStartBuildItem;

/** Warns about observers of events that are never called. */
@BuildSteps(onlyIf = Enabled.class)
final class EventsProcessor {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.imsession");

    private static final Set<DotName> EVENTS = Stream
            .concat(Stream.of(SessionEvent.class), Stream.of(SessionEvent.class.getPermittedSubclasses()))
            .map(DotName::createSimple).collect(Collectors.toSet());

    @BuildStep
    @Produce(ServiceStartBuildItem.class)
    void warn(BeanDiscoveryFinishedBuildItem beans) {
        beans.getObservers().stream().filter(observer -> !observer.isAsync())
                .filter(observer -> EVENTS.contains(observer.getObservedType().name()))
                .forEach(observer -> LOG.warnf(
                        "%s#%s() observes %s with @Observes and is never called, as events of sessions are"
                                + " told asynchronously: use @ObservesAsync",
                        observer.getBeanClass(),
                        observer.getObserverMethod().name(), observer.getObservedType().name()));
    }
}
