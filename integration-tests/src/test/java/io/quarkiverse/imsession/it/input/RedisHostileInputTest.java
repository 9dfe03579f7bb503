package io.quarkiverse.imsession.it.input;

import java.util.Map;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.it.RedisProfile;
import io.quarkiverse.imsession.it.RedisTestResource;
import io.quarkiverse.imsession.test.hostile.CommandCount;
import io.quarkiverse.imsession.test.hostile.HostileHash;
import io.quarkiverse.imsession.test.hostile.HostileRun;
import io.quarkiverse.imsession.test.hostile.StoredHashes;
import io.quarkiverse.imsession.test.hostile.StoredHashesTarget;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

@Tag("packaged")
@QuarkusTest
@TestProfile(RedisHostileInputTest.Profile.class)
class RedisHostileInputTest extends HostileInputContract {

    private static final int AT_ONCE = 16;

    @Test
    void everyRequestIsAnsweredWithOneCommandForEachTokenAtTheMost() throws Exception {
        try (CommandCount commands = new CommandCount(RedisTestResource.server().port())) {
            sendRequests(25, commands);
        }
    }

    @Test
    void everyStoredSessionIsASessionOrNone() throws Exception {
        int port = RedisTestResource.server().port();
        try (CommandCount commands = new CommandCount(port);
                StoredHashes stored = new StoredHashes(port, "imsession", AT_ONCE);
                StoredHashesTarget target = new StoredHashesTarget(base, commands, stored, "/input/read")) {
            HostileRun.run("stored sessions over HTTP", 10, AT_ONCE, HostileHash.hashes(), target);
        }
    }

    public static final class Profile extends RedisProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return config(super.getConfigOverrides());
        }
    }
}
