package io.quarkiverse.imsession.it.demo;

import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class DemoTest extends DemoContract {
}
