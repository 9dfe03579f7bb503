package io.quarkiverse.imsession.runtime.cdi;

import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Named;
import jakarta.inject.Singleton;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.runtime.session.CurrentSession;

/** Makes the session of the current request injectable. */
@Singleton
public class ImSessionProducer {

    /** The name is for templates: {@code {inject:imSession.exists}}. */
    @Produces
    @RequestScoped
    @Named("imSession")
    ImSession session(CurrentSession current) {
        return current.get();
    }
}
