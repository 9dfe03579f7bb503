package io.quarkiverse.imsession.deployment;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class Aal2Test {

    @RegisterExtension
    static final TestApp APP = AalPreset.app(2);

    @Test
    void sessionsLiveAtMostADayAndAnHourUnused() {
        AalPreset.assertWithin(Duration.ofHours(1), Duration.ofHours(24));
    }
}
