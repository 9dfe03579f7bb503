package io.quarkiverse.imsession.deployment;

import org.junit.jupiter.api.extension.RegisterExtension;

class LoginTest extends LoginContract {

    @RegisterExtension
    static final TestApp APP = app();
}
