package io.quarkiverse.imsession.it.flash;

import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class MemoryFlashTest extends FlashContract {
}
