package io.quarkiverse.imsession.it.device;

import java.util.List;

import org.junit.jupiter.api.Tag;

import io.quarkiverse.imsession.it.PostgresTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

@Tag("packaged")
@QuarkusTest
@TestProfile(PostgresBindingTest.PostgresBindingProfile.class)
class PostgresBindingTest extends BindingContract {

    public static final class PostgresBindingProfile extends Profile {

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
