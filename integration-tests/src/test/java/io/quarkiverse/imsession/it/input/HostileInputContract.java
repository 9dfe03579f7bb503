package io.quarkiverse.imsession.it.input;

import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Tag;

import io.quarkiverse.imsession.it.Client;
import io.quarkiverse.imsession.test.hostile.CommandCount;
import io.quarkiverse.imsession.test.hostile.HostileRequests;
import io.quarkiverse.imsession.test.hostile.HostileRun;
import io.quarkiverse.imsession.test.hostile.HttpTarget;
import io.quarkus.test.common.http.TestHTTPResource;

/**
 * Whatever a client sends: it is answered, at once, by no server error, and by one look into the store for each token at the
 * most.
 */
@Tag("sized")
abstract class HostileInputContract {

    private static final int AT_ONCE = 32;
    private static final String READING = "/input/read";
    private static final String WRITING = "/input/count";

    @TestHTTPResource("/")
    URI base;

    /** @param commands counts those of the store; null if nothing can */
    final void sendRequests(int percent, CommandCount commands) throws IOException {
        String token = Client.token(new Client().get(WRITING, null)).orElseThrow();
        HostileRequests requests = new HostileRequests(List.of(token), List.of(READING, READING, READING, READING, WRITING),
                false);
        try (HttpTarget target = new HttpTarget(base, commands, List.of(token), WRITING)) {
            HostileRun.run("requests", percent, AT_ONCE, requests.requests(), target);
        }
    }

    /** Every check that looks at what clients send. Those who knock with wrong tokens are not to fill the log. */
    static Map<String, String> config(Map<String, String> store) {
        Map<String, String> config = new HashMap<>(store);
        config.put("quarkus.imsession.csrf.mode", "both");
        // Not by categories: their levels would stay for the applications of other tests.
        config.put("quarkus.log.console.level", "OFF");
        return config;
    }
}
