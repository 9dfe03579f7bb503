package io.quarkiverse.imsession.it.paths;

import java.util.Map;

import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Tag;

import io.quarkiverse.imsession.it.RedisTestResource;
import io.quarkiverse.imsession.test.RedisServer.ThrowingRunnable;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

@Tag("packaged")
@QuarkusTest
@TestProfile(PathsContract.Profile.class)
class PathsTest extends PathsContract {

    @Override
    int loads(ThrowingRunnable requests) throws Exception {
        Map<String, Integer> commands = RedisTestResource.server().count(requests);
        Assertions.assertThat(commands.keySet()).isSubsetOf("hgetall");
        return commands.getOrDefault("hgetall", 0);
    }
}
