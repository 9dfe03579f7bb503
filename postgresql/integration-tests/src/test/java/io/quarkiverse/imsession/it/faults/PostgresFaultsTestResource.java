package io.quarkiverse.imsession.it.faults;

import java.util.HashMap;
import java.util.Map;

import io.quarkiverse.imsession.it.PostgresTestResource;

/** A PostgreSQL for which requests wait as long as they usually do. */
public class PostgresFaultsTestResource extends PostgresTestResource {

    static final String COMMAND_TIMEOUT = "2S";

    @Override
    public Map<String, String> start() {
        Map<String, String> settings = new HashMap<>(super.start());
        settings.put("quarkus.imsession.postgresql.command-timeout", COMMAND_TIMEOUT);
        return settings;
    }
}
