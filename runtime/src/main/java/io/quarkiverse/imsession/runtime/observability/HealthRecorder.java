package io.quarkiverse.imsession.runtime.observability;

import java.util.function.Function;

import io.quarkiverse.imsession.runtime.session.GuardedStore;
import io.quarkus.arc.SyntheticCreationalContext;
import io.quarkus.runtime.annotations.Recorder;

/**
 * Makes the health check, for applications with SmallRye Health. All applications load this class, so it uses no type of
 * SmallRye Health.
 */
@Recorder
public class HealthRecorder {

    /** @param name the name of the check, which users read */
    public Function<SyntheticCreationalContext<Object>, Object> check(String name) {
        return context -> new SessionStoreHealthCheck(name, context.getInjectedReference(GuardedStore.class));
    }
}
