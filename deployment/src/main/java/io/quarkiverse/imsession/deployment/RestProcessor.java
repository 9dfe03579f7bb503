package io.quarkiverse.imsession.deployment;

import java.util.function.BooleanSupplier;

import jakarta.ws.rs.Priorities;

import io.quarkiverse.imsession.RequestRefusedException;
import io.quarkiverse.imsession.deployment.ImSessionProcessor.Enabled;
import io.quarkiverse.imsession.runtime.rest.RequestRefusedExceptionMapper;
import io.quarkiverse.imsession.runtime.rest.RestRecorder;
import io.quarkus.bootstrap.classloading.QuarkusClassLoader;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.BuildSteps;
import io.quarkus.deployment.annotations.ExecutionTime;
import io.quarkus.deployment.annotations.Record;
import io.quarkus.resteasy.reactive.spi.ExceptionMapperBuildItem;

/** Maps exceptions of refused requests and failed endpoints to responses, if the application has Quarkus REST. */
@BuildSteps(onlyIf = { Enabled.class, RestProcessor.HasRest.class })
final class RestProcessor {

    /** The priority after all mappers of the application. */
    private static final int PRIORITY = Priorities.USER + 1000;

    @BuildStep
    ExceptionMapperBuildItem mapper() {
        return new ExceptionMapperBuildItem(RequestRefusedExceptionMapper.class.getName(),
                RequestRefusedException.class.getName(), PRIORITY, false);
    }

    @BuildStep
    @Record(ExecutionTime.RUNTIME_INIT)
    ExceptionMappersBuildItem mappers(RestRecorder recorder) {
        return new ExceptionMappersBuildItem(recorder.exceptionMappers());
    }

    /**
     * Whether the application has Quarkus REST. A capability would be known too late: Quarkus loads the recorder, and the
     * classes that it uses, before it calls a step.
     */
    static final class HasRest implements BooleanSupplier {

        @Override
        public boolean getAsBoolean() {
            return QuarkusClassLoader.isClassPresentAtRuntime(
                    "io.quarkus.resteasy.reactive.server.runtime.ResteasyReactiveRecorder");
        }
    }
}
