package io.quarkiverse.imsession.deployment;

import org.junit.jupiter.api.extension.RegisterExtension;

class RedisWebSocketTest extends WebSocketContract {

    @RegisterExtension
    static final TestApp APP = app().redis();
}
