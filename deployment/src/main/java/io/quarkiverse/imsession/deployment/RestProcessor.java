package io.quarkiverse.imsession.deployment;

import jakarta.ws.rs.Priorities;

import io.quarkiverse.imsession.RequestRefusedException;
import io.quarkiverse.imsession.deployment.ImSessionProcessor.Enabled;
import io.quarkiverse.imsession.runtime.rest.RequestRefusedExceptionMapper;
import io.quarkiverse.imsession.runtime.rest.RestRecorder;
import io.quarkus.deployment.Capabilities;
import io.quarkus.deployment.Capability;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.BuildSteps;
import io.quarkus.deployment.annotations.ExecutionTime;
import io.quarkus.deployment.annotations.Record;
import io.quarkus.resteasy.reactive.spi.ExceptionMapperBuildItem;

/** Requests that are refused, and endpoints that fail to use sessions, if the application has Quarkus REST. */
@BuildSteps(onlyIf = Enabled.class)
final class RestProcessor {

    /** Any mapper of the application comes first. */
    private static final int PRIORITY = Priorities.USER + 1000;

    @BuildStep
    ExceptionMapperBuildItem mapper() {
        return new ExceptionMapperBuildItem(RequestRefusedExceptionMapper.class.getName(),
                RequestRefusedException.class.getName(), PRIORITY, false);
    }

    @BuildStep
    @Record(ExecutionTime.RUNTIME_INIT)
    void mappers(Capabilities capabilities, RestRecorder recorder, BuildProducer<ExceptionMappersBuildItem> mappers) {
        if (capabilities.isPresent(Capability.RESTEASY_REACTIVE)) {
            mappers.produce(new ExceptionMappersBuildItem(recorder.exceptionMappers()));
        }
    }
}
