package io.quarkiverse.imsession.deployment;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("further")
class RedisDeviceTest extends DeviceContract {

    @RegisterExtension
    static final TestApp APP = app().redis();
}
