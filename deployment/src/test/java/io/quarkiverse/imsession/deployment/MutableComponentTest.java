package io.quarkiverse.imsession.deployment;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.Date;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.ImSession;

class MutableComponentTest {

    record Visit(String user, Date last) {
    }

    static class Uses {
        Visit visit(ImSession session) {
            return session.as(Visit.class);
        }
    }

    @RegisterExtension
    static final TestApp APP = TestApp.of(Visit.class, Uses.class)
            .failsWith("Component 'last' of record " + Visit.class.getName()
                    + " has type java.util.Date, which is mutable or not known to be immutable. Use java.time.Instant instead");

    @Test
    void theBuildFailsAndNamesRecordAndComponentAndMend() {
        fail("The application started");
    }
}
