package io.quarkiverse.imsession.deployment;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Default;
import jakarta.inject.Singleton;

import org.jboss.jandex.ClassType;

import io.quarkiverse.imsession.ImSessions;
import io.quarkiverse.imsession.ReactiveImSessions;
import io.quarkiverse.imsession.deployment.ImSessionProcessor.Enabled;
import io.quarkiverse.imsession.redis.RedisKeys;
import io.quarkiverse.imsession.runtime.ImSessionRecorder;
import io.quarkiverse.imsession.runtime.SessionRuntime;
import io.quarkus.arc.deployment.SyntheticBeanBuildItem;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.BuildSteps;
import io.quarkus.deployment.annotations.ExecutionTime;
import io.quarkus.deployment.annotations.Record;

/** Access to all sessions. Its beans go away if nobody injects them. */
@BuildSteps(onlyIf = Enabled.class)
final class AdministrationProcessor {

    @BuildStep
    @Record(ExecutionTime.RUNTIME_INIT)
    void sessions(ImSessionRecorder recorder, BuildProducer<SyntheticBeanBuildItem> beans) {
        beans.produce(bean(ReactiveImSessions.class).createWith(recorder.reactiveSessions()).done());
        beans.produce(bean(ImSessions.class).createWith(recorder.sessions()).done());
        // Wherever sessions are kept: the memory store of dev mode must not break the injection point of production.
        beans.produce(SyntheticBeanBuildItem.configure(RedisKeys.class).scope(Singleton.class).addQualifier(Default.class)
                .setRuntimeInit().createWith(recorder.redisKeys()).done());
    }

    private static SyntheticBeanBuildItem.ExtendedBeanConfigurator bean(Class<?> type) {
        return SyntheticBeanBuildItem.configure(type).scope(ApplicationScoped.class).addQualifier(Default.class)
                .setRuntimeInit()
                .addInjectionPoint(ClassType.create(SessionRuntime.class));
    }
}
