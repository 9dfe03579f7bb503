package io.quarkiverse.imsession.deployment;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("further")
class LazyRedisActingTest extends ActingContract {

    @RegisterExtension
    static final TestApp APP = app().redis().config("quarkus.http.auth.proactive", "false")
            .config("quarkus.imsession.redis.command-timeout", "30S");
}
