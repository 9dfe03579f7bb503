package io.quarkiverse.imsession.deployment;

import org.junit.jupiter.api.extension.RegisterExtension;

class MemoryWebSocketTest extends WebSocketContract {

    @RegisterExtension
    static final TestApp APP = app();
}
