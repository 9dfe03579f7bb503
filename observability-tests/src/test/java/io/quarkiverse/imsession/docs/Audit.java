package io.quarkiverse.imsession.docs;

import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;

import io.quarkiverse.imsession.SessionEvent;
import io.quarkus.logging.Log;

/** The code on the page about operations. */
@Singleton
public class Audit {

    // tag::observer[]
    void audit(@ObservesAsync SessionEvent event) {
        Log.infof("%s", event);
    }
    // end::observer[]
}
