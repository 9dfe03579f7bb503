package io.quarkiverse.imsession.it.observability;

import io.quarkiverse.imsession.it.RedisTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
@WithTestResource(RedisTestResource.class)
class ObservabilityIT extends ObservabilityTest {
}
