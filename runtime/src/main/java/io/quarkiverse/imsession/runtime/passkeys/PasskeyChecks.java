package io.quarkiverse.imsession.runtime.passkeys;

import java.util.List;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import io.quarkiverse.imsession.runtime.config.ImSessionConfig;
import io.quarkiverse.imsession.runtime.login.MechanismChecks;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.runtime.VertxHttpConfig;

/**
 * Refuses settings with which nobody could log in, and names those that have lost their meaning, when the application starts.
 */
@Singleton
public class PasskeyChecks {

    private static final List<String> OF_THE_COOKIE = List.of("quarkus.webauthn.session-timeout",
            "quarkus.webauthn.new-cookie-interval");

    void check(@Observes StartupEvent started, VertxHttpConfig http, ImSessionConfig sessions) {
        MechanismChecks.refuseStrict(http, "passkeys");
        MechanismChecks.requireKey(http, sessions, "passkeys");
        MechanismChecks.nameIdle(sessions, OF_THE_COOKIE, "passkeys");
    }
}
