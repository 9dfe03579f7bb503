package io.quarkiverse.imsession.deployment;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("further")
class LazyRedisLoginTest extends LoginContract {

    @RegisterExtension
    static final TestApp APP = app().redis().config("quarkus.http.auth.proactive", "false");
}
