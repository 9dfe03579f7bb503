package io.quarkiverse.imsession.deployment;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("further")
class NearCacheDeviceTest extends DeviceContract {

    @RegisterExtension
    static final TestApp APP = app().redis().config("quarkus.imsession.near-cache.enabled", "true");
}
