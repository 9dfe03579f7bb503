package org.acme.form;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class AccountIT extends AccountTest {
}
