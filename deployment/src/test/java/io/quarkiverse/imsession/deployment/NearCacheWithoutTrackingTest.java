package io.quarkiverse.imsession.deployment;

import java.util.logging.Level;

import org.junit.jupiter.api.extension.RegisterExtension;

/** On a Redis whose user may not use CLIENT. */
class NearCacheWithoutTrackingTest extends NearCacheRefusedContract {

    @RegisterExtension
    static final TestApp APP = app().redisAs("+@all", "-client")
            .logs(Level.WARNING, NearCacheRefusedContract::warned);

    @Override
    boolean isRefused(RawRedis redis) {
        return redis.errors("NOPERM") > 0;
    }
}
