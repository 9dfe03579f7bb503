package io.quarkiverse.imsession.it;

import java.util.List;

import io.quarkus.test.junit.QuarkusTestProfile;

/** A PostgreSQL for the application, which keeps its sessions there because of its artifact. */
public class PostgresProfile implements QuarkusTestProfile {

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(PostgresTestResource.class));
    }
}
