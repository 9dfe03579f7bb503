package io.quarkiverse.imsession.deployment;

import org.junit.jupiter.api.extension.RegisterExtension;

class ActingTest extends ActingContract {

    @RegisterExtension
    static final TestApp APP = app();
}
