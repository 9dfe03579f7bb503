package io.quarkiverse.imsession.deployment;

import org.junit.jupiter.api.extension.RegisterExtension;

class LazyRedisLoginTest extends LoginContract {

    @RegisterExtension
    static final TestApp APP = app().redis().config("quarkus.http.auth.proactive", "false");
}
