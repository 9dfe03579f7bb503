package io.quarkiverse.imsession.it.csrf;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

@QuarkusTest
@TestProfile(CsrfContract.Profile.class)
class CsrfTest extends CsrfContract {
}
