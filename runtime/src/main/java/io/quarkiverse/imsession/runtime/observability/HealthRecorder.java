package io.quarkiverse.imsession.runtime.observability;

import java.util.function.Function;

import io.quarkiverse.imsession.runtime.session.GuardedStore;
import io.quarkus.arc.SyntheticCreationalContext;
import io.quarkus.runtime.annotations.Recorder;

/** Makes the check of applications that have SmallRye Health. It is loaded in all others too, and so names no type of it. */
@Recorder
public class HealthRecorder {

    public Function<SyntheticCreationalContext<Object>, Object> check() {
        return context -> new SessionStoreHealthCheck(context.getInjectedReference(GuardedStore.class));
    }
}
