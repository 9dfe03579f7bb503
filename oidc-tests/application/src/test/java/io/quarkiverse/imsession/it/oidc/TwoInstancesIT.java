package io.quarkiverse.imsession.it.oidc;

import java.util.List;

import org.junit.jupiter.api.Tag;

import io.quarkiverse.imsession.test.RedisServer;

@Tag("further")
class TwoInstancesIT extends TwoInstancesContract {

    private RedisServer redis;

    @Override
    List<String> startStore() {
        redis = RedisServer.start();
        return List.of("quarkus.redis.hosts=" + redis.uri());
    }

    @Override
    void stopStore() {
        redis.close();
    }
}
