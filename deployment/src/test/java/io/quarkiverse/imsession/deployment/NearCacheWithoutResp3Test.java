package io.quarkiverse.imsession.deployment;

import java.util.logging.Level;

import org.junit.jupiter.api.extension.RegisterExtension;

/** On a Redis that does not know HELLO, as before version 6, and so has no RESP 3. */
class NearCacheWithoutResp3Test extends NearCacheRefusedContract {

    @RegisterExtension
    static final TestApp APP = app().redis("--rename-command", "HELLO", "")
            .config("quarkus.redis.protocol-negotiation", "false")
            .logs(Level.WARNING, NearCacheRefusedContract::warned);

    /** The connection that asks is refused too. */
    @Override
    boolean isRefused(RawRedis redis) {
        return redis.errors("ERR") > 1;
    }
}
