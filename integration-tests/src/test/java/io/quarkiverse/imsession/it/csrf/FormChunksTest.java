package io.quarkiverse.imsession.it.csrf;

import org.junit.jupiter.api.Tag;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

@Tag("packaged")
@QuarkusTest
@TestProfile(FormChunksContract.Profile.class)
class FormChunksTest extends FormChunksContract {
}
