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
import io.quarkiverse.imsession.runtime.admin.SessionAdministration;
import io.quarkus.arc.deployment.SyntheticBeanBuildItem;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.BuildSteps;
import io.quarkus.deployment.annotations.ExecutionTime;
import io.quarkus.deployment.annotations.Record;

/** Registers the beans with access to all sessions. They are removed if they are not injected. */
@BuildSteps(onlyIf = Enabled.class)
final class AdministrationProcessor {

    @BuildStep
    @Record(ExecutionTime.RUNTIME_INIT)
    void sessions(ImSessionRecorder recorder, BuildProducer<SyntheticBeanBuildItem> beans) {
        beans.produce(bean(ReactiveImSessions.class).createWith(recorder.reactiveSessions()).done());
        beans.produce(bean(ImSessions.class).createWith(recorder.sessions()).done());
        // For the parts of the extension that are beans.
        beans.produce(SyntheticBeanBuildItem.configure(SessionAdministration.class).scope(Singleton.class)
                .addQualifier(Default.class).setRuntimeInit().addInjectionPoint(ClassType.create(SessionRuntime.class))
                .createWith(recorder.administration()).done());
        // Registered with every store: with the memory store of dev mode the injection point must work too.
        beans.produce(SyntheticBeanBuildItem.configure(RedisKeys.class).scope(Singleton.class).addQualifier(Default.class)
                .setRuntimeInit().createWith(recorder.redisKeys()).done());
    }

    private static SyntheticBeanBuildItem.ExtendedBeanConfigurator bean(Class<?> type) {
        return SyntheticBeanBuildItem.configure(type).scope(ApplicationScoped.class).addQualifier(Default.class)
                .setRuntimeInit()
                .addInjectionPoint(ClassType.create(SessionRuntime.class));
    }
}
