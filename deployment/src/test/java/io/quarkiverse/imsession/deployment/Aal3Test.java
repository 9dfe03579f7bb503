package io.quarkiverse.imsession.deployment;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class Aal3Test {

    @RegisterExtension
    static final TestApp APP = AalPreset.app(3);

    @Test
    void sessionsLiveAtMostTwelveHoursAndAQuarterUnused() {
        AalPreset.assertWithin(Duration.ofMinutes(15), Duration.ofHours(12));
    }
}
