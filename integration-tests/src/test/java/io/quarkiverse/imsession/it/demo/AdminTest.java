package io.quarkiverse.imsession.it.demo;

import org.junit.jupiter.api.Tag;

import io.quarkus.test.junit.QuarkusTest;

@Tag("packaged")
@QuarkusTest
class AdminTest extends AdminContract {
}
