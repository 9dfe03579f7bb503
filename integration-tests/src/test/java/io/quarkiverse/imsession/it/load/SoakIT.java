package io.quarkiverse.imsession.it.load;

import org.junit.jupiter.api.Tag;

@Tag("full")
class SoakIT extends SoakContract {

    @Override
    SoakStore startStore() {
        return new SoakRedis();
    }
}
