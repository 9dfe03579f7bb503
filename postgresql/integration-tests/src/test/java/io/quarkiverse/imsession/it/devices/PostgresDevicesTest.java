package io.quarkiverse.imsession.it.devices;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;

import io.quarkiverse.imsession.it.PostgresProfile;
import io.quarkiverse.imsession.it.PostgresTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

@Tag("packaged")
@QuarkusTest
@TestProfile(PostgresDevicesTest.DevicesProfile.class)
class PostgresDevicesTest extends EndingContract {

    /** What is left of replaced sessions stays for ten seconds. */
    @Override
    void assertNothingIsLeft() {
        assertThat(PostgresTestResource.server().command("SELECT id FROM imsession_session WHERE token <> ''")).isEmpty();
        assertThat(PostgresTestResource.server().command("SELECT session_id FROM imsession_reference")).isEmpty();
    }

    /** An application whose users are those of this test only. */
    public static final class DevicesProfile extends PostgresProfile {
    }
}
