package io.quarkiverse.imsession.it.demo;

import org.junit.jupiter.api.Tag;

import io.quarkiverse.imsession.it.PostgresProfile;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

@Tag("packaged")
@QuarkusTest
@TestProfile(PostgresProfile.class)
class PostgresDemoTourTest extends DemoTourContract {
}
