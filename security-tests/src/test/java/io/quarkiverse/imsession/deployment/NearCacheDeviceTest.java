package io.quarkiverse.imsession.deployment;

import org.junit.jupiter.api.extension.RegisterExtension;

class NearCacheDeviceTest extends DeviceContract {

    @RegisterExtension
    static final TestApp APP = app().redis().config("quarkus.imsession.near-cache.enabled", "true");
}
