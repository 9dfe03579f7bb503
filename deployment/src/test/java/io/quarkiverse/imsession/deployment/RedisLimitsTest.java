package io.quarkiverse.imsession.deployment;

import org.junit.jupiter.api.extension.RegisterExtension;

class RedisLimitsTest extends LimitsContract {

    @RegisterExtension
    static final TestApp APP = app().redis();
}
