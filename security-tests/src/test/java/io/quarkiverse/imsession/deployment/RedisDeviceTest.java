package io.quarkiverse.imsession.deployment;

import org.junit.jupiter.api.extension.RegisterExtension;

class RedisDeviceTest extends DeviceContract {

    @RegisterExtension
    static final TestApp APP = app().redis();
}
