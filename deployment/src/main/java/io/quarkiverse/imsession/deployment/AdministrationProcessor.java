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
import io.quarkiverse.imsession.runtime.session.EndedUsers;
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
        beans.produce(part(SessionAdministration.class).createWith(recorder.administration()).done());
        beans.produce(part(EndedUsers.class).createWith(recorder.endedUsers()).done());
        // Registered with every store: with the memory store of dev mode the injection point must work too.
        beans.produce(SyntheticBeanBuildItem.configure(RedisKeys.class).scope(Singleton.class).addQualifier(Default.class)
                .setRuntimeInit().createWith(recorder.redisKeys()).done());
    }

    private static SyntheticBeanBuildItem.ExtendedBeanConfigurator bean(Class<?> type) {
        return ofRuntime(type).scope(ApplicationScoped.class);
    }

    private static SyntheticBeanBuildItem.ExtendedBeanConfigurator part(Class<?> type) {
        return ofRuntime(type).scope(Singleton.class);
    }

    private static SyntheticBeanBuildItem.ExtendedBeanConfigurator ofRuntime(Class<?> type) {
        return SyntheticBeanBuildItem.configure(type).addQualifier(Default.class).setRuntimeInit()
                .addInjectionPoint(ClassType.create(SessionRuntime.class));
    }
}
