package io.quarkiverse.imsession.deployment;

import java.net.URI;
import java.util.List;

import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.test.hostile.CommandCount;
import io.quarkiverse.imsession.test.hostile.HostileRequests;
import io.quarkiverse.imsession.test.hostile.HostileRun;
import io.quarkiverse.imsession.test.hostile.HttpTarget;
import io.quarkus.test.common.http.TestHTTPResource;

/** Whatever a client sends as its token where several ways lead to a session, and tokens are signed. */
@Tag("sized")
class HostileHeadersTest {

    private static final int AT_ONCE = 32;

    @RegisterExtension
    static final TestApp APP = TestApp.of(HostileRoutes.class).redis()
            .config("quarkus.imsession.resolvers", "bearer,cookie")
            .config("quarkus.imsession.signing.keys", "k".repeat(32))
            .config("quarkus.imsession.csrf.enabled", "true")
            .config("quarkus.log.category.\"io.netty\".level", "OFF");

    @TestHTTPResource("/")
    URI base;

    @Test
    void everyRequestIsAnsweredWithOneCommandForEachTokenAtTheMost() throws Exception {
        String token = Client.token(Client.get(HostileRoutes.COUNT, null));
        URI redis = URI.create(ConfigProvider.getConfig().getValue("quarkus.redis.hosts", String.class));
        HostileRequests requests = new HostileRequests(List.of(token), List.of(HostileRoutes.READ, HostileRoutes.COUNT), true);
        try (CommandCount commands = new CommandCount(redis.getPort());
                HttpTarget target = new HttpTarget(base, commands, List.of(token), HostileRoutes.COUNT)) {
            HostileRun.run("requests with bearer and signature", 10, AT_ONCE, requests.requests(), target);
        }
    }
}
