package io.quarkiverse.imsession.deployment;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class Aal1Test {

    @RegisterExtension
    static final TestApp APP = AalPreset.app(1);

    @Test
    void sessionsLiveAtMostThirtyDays() {
        AalPreset.assertWithin(Duration.ofDays(30), Duration.ofDays(30));
    }
}
