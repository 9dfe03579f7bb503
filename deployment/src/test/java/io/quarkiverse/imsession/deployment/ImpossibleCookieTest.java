package io.quarkiverse.imsession.deployment;

import static org.junit.jupiter.api.Assertions.fail;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One of the rules that are tested in {@code ConfigChecksTest}: proves that they are asked at the start. */
class ImpossibleCookieTest {

    @RegisterExtension
    static final TestApp APP = TestApp.of(Routes.class)
            .config("quarkus.imsession.cookie.name", "__Host-sid")
            .failsWith("quarkus.imsession.cookie.name begins with __Host-",
                    "set quarkus.imsession.cookie.secure=true, or choose another name");

    @Test
    void theStartFailsAndSaysWhatToSet() {
        fail("The application started");
    }
}
