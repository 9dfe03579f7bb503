package io.quarkiverse.imsession.deployment;

import jakarta.ws.rs.Priorities;

import io.quarkiverse.imsession.SessionLimitException;
import io.quarkiverse.imsession.SessionStoreException;
import io.quarkiverse.imsession.deployment.ImSessionProcessor.Enabled;
import io.quarkiverse.imsession.runtime.rest.SessionLimitExceptionMapper;
import io.quarkiverse.imsession.runtime.rest.SessionStoreExceptionMapper;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.BuildSteps;
import io.quarkus.resteasy.reactive.spi.ExceptionMapperBuildItem;

/** What endpoints of Quarkus REST answer when the session administration fails. */
@BuildSteps(onlyIf = Enabled.class)
final class RestProcessor {

    /** Any mapper of the application comes first. */
    private static final int PRIORITY = Priorities.USER + 1000;

    @BuildStep
    void mappers(BuildProducer<ExceptionMapperBuildItem> mappers) {
        mappers.produce(new ExceptionMapperBuildItem(SessionStoreExceptionMapper.class.getName(),
                SessionStoreException.class.getName(), PRIORITY, false));
        mappers.produce(new ExceptionMapperBuildItem(SessionLimitExceptionMapper.class.getName(),
                SessionLimitException.class.getName(), PRIORITY, false));
    }
}
