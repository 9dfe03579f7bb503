package io.quarkiverse.imsession.deployment;

import static org.junit.jupiter.api.Assertions.fail;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class UnknownResolverTest {

    @RegisterExtension
    static final TestApp APP = TestApp.of(Routes.class)
            .config("quarkus.imsession.resolvers", "cookie,foo")
            .failsWith("quarkus.imsession.resolvers", "foo", "cookie", "bearer");

    @Test
    void theBuildFailsAndNamesTheOnesThereAre() {
        fail("The application started");
    }
}
