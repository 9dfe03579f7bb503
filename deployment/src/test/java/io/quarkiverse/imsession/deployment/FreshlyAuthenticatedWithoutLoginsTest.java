package io.quarkiverse.imsession.deployment;

import static org.junit.jupiter.api.Assertions.fail;

import jakarta.enterprise.context.ApplicationScoped;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.FreshlyAuthenticated;

class FreshlyAuthenticatedWithoutLoginsTest {

    @RegisterExtension
    static final TestApp APP = TestApp.of(Routes.class, Payments.class)
            .failsWith("@FreshlyAuthenticated(\"5M\") on " + Payments.class.getName() + ".pay() guards nothing",
                    "build with quarkus.imsession.security.enabled=true");

    @Test
    void theBuildFailsAsNothingWouldBeGuarded() {
        fail("The application started");
    }

    @ApplicationScoped
    static class Payments {

        @FreshlyAuthenticated("5M")
        void pay() {
        }
    }
}
