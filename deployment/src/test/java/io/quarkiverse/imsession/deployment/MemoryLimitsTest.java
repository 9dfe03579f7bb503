package io.quarkiverse.imsession.deployment;

import org.junit.jupiter.api.extension.RegisterExtension;

class MemoryLimitsTest extends LimitsContract {

    @RegisterExtension
    static final TestApp APP = app();
}
