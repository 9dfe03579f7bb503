package io.quarkiverse.imsession.deployment;

import org.junit.jupiter.api.extension.RegisterExtension;

class PasskeyLoginTest extends PasskeyLoginTests {

    @RegisterExtension
    static final TestApp APP = app(PasskeyLoginTests.class);
}
