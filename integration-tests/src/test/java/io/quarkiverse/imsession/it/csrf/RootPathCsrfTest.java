package io.quarkiverse.imsession.it.csrf;

import java.util.Map;

import org.junit.jupiter.api.Tag;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/** An application below another path than the root has another router for it. */
@Tag("packaged")
@QuarkusTest
@TestProfile(RootPathCsrfTest.RootPathProfile.class)
class RootPathCsrfTest extends CsrfContract {

    public static final class RootPathProfile extends Profile {

        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> config = super.getConfigOverrides();
            config.put("quarkus.http.root-path", "/app");
            return config;
        }
    }
}
