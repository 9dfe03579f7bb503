package io.quarkiverse.imsession.it.demo;

import io.quarkiverse.imsession.it.RedisTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
@WithTestResource(RedisTestResource.class)
class DemoTourIT extends DemoTourTest {
}
