package io.quarkiverse.imsession.deployment;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.Optional;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.ImSessions;
import io.quarkiverse.imsession.SessionValue;

class DisabledInjectionTest {

    @RegisterExtension
    static final TestApp APP = TestApp.of(Greeting.class)
            .config("quarkus.imsession.enabled", "false")
            .failsWith("Injection point " + Greeting.class.getName() + "#session has no value, as quarkus.imsession.enabled is"
                    + " false: build with true, or use Instance<ImSession>",
                    Greeting.class.getName() + "#sessions has no value", Greeting.class.getName() + "#name has no value");

    @Test
    void theBuildFailsAndNamesTheProperty() {
        fail("The application started");
    }

    @Path("/greeting")
    static class Greeting {

        @Inject
        ImSession session;

        @Inject
        ImSessions sessions;

        @Inject
        @SessionValue("name")
        Optional<String> name;

        @Inject
        Instance<ImSession> ifThereIsOne;

        @GET
        String greet() {
            return "Hello";
        }
    }
}
