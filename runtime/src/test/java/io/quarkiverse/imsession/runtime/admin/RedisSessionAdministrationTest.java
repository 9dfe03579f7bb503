package io.quarkiverse.imsession.runtime.admin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.runtime.redis.RedisFixture;
import io.quarkiverse.imsession.spi.SessionStore;
import io.quarkiverse.imsession.test.RedisServer;

class RedisSessionAdministrationTest extends SessionAdministrationContract {

    @RegisterExtension
    static final RedisFixture<RedisServer> REDIS = RedisFixture.standalone("app", "user_id", "ip");

    @Override
    protected SessionStore store() {
        return REDIS.store();
    }

    /** Every set of the index belongs to a living session. */
    @AfterEach
    void noSetIsLeftWithoutItsSessions() {
        long sets = REDIS.server().keys().stream().filter(key -> key.startsWith("app:ref:")).count();
        long sessions = REDIS.server().keys().stream().filter(key -> key.startsWith("app:{")).count();
        assertThat(sets).isLessThanOrEqualTo(2 * sessions);
    }
}
