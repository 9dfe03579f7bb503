package io.quarkiverse.imsession.it.paths;

import org.junit.jupiter.api.Tag;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

@Tag("packaged")
@QuarkusTest
@TestProfile(PathsContract.Profile.class)
class PathsTest extends PathsContract {
}
