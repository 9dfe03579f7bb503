package io.quarkiverse.imsession.deployment;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("further")
class MemoryWebSocketTest extends WebSocketContract {

    @RegisterExtension
    static final TestApp APP = app();
}
