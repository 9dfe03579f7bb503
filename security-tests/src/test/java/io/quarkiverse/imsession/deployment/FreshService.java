package io.quarkiverse.imsession.deployment;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkiverse.imsession.FreshlyAuthenticated;
import io.quarkiverse.imsession.ImSession;

/** A bean whose methods all ask for a fresh log-in, one for a fresher one. */
@ApplicationScoped
@FreshlyAuthenticated("1H")
public class FreshService {

    private final ImSession session;

    FreshService(ImSession session) {
        this.session = session;
    }

    public String anHour() {
        return session.principal().orElseThrow();
    }

    @FreshlyAuthenticated("5M")
    public String fiveMinutes() {
        return session.principal().orElseThrow();
    }
}
