package io.quarkiverse.imsession.it.faults;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class PostgresCutRepliesIT extends PostgresCutRepliesTest {
}
