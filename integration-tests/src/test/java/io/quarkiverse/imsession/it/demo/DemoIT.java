package io.quarkiverse.imsession.it.demo;

import org.junit.jupiter.api.Tag;

import io.quarkiverse.imsession.it.RedisTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusIntegrationTest;

@Tag("shared")
@Tag("further")
@QuarkusIntegrationTest
@WithTestResource(RedisTestResource.class)
class DemoIT extends DemoTest {
}
