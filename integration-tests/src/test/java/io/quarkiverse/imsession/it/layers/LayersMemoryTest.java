package io.quarkiverse.imsession.it.layers;

import java.util.Map;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;

@QuarkusTest
@TestProfile(LayersMemoryTest.Profile.class)
class LayersMemoryTest extends LayersTest {

    public static final class Profile implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quarkus.imsession.store", "memory");
        }
    }
}
