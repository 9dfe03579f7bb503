package io.quarkiverse.imsession.it.csrf;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

@QuarkusTest
@TestProfile(FormChunksContract.Profile.class)
class FormChunksTest extends FormChunksContract {
}
