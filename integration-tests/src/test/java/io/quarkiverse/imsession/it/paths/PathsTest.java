package io.quarkiverse.imsession.it.paths;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

@QuarkusTest
@TestProfile(PathsContract.Profile.class)
class PathsTest extends PathsContract {
}
