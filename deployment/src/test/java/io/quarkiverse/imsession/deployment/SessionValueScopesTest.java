package io.quarkiverse.imsession.deployment;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.SessionValue;
import io.quarkus.arc.Unremovable;

class SessionValueScopesTest {

    @Unremovable
    @ApplicationScoped
    static class Longer {
        @SessionValue("user_id")
        Long userId;
    }

    @Dependent
    static class Part {
        @SessionValue("user_id")
        Optional<Long> userId;
    }

    @Unremovable
    @Singleton
    static class Whole {
        @Inject
        Part part;
    }

    @RegisterExtension
    static final TestApp APP = TestApp.of(Longer.class, Part.class, Whole.class)
            .failsWith("Injection point " + Longer.class.getName() + "#userId has a value of the session",
                    "the @ApplicationScoped bean " + Longer.class.getName(), "Inject Instance<java.lang.Long>",
                    "Injection point " + Part.class.getName() + "#userId has a value of the session",
                    "a dependent bean of the @Singleton bean " + Whole.class.getName());

    @Test
    void theBuildFailsAndNamesInjectionPointAndMend() {
        fail("The application started");
    }
}
