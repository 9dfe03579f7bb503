package io.quarkiverse.imsession.it.renewal;

import java.util.List;

import org.junit.jupiter.api.Tag;

import io.quarkiverse.imsession.it.PostgresTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

@Tag("full")
@QuarkusTest
@TestProfile(PostgresRenewalTest.PostgresRenewalProfile.class)
class PostgresRenewalTest extends RenewalContract {

    public static final class PostgresRenewalProfile extends Profile {

        @Override
        String store() {
            return "postgresql";
        }

        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(PostgresTestResource.class));
        }
    }
}
