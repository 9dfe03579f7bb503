package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.ImSessions;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.SessionInfo;
import io.quarkiverse.imsession.spi.SessionToken;

/** A defect of redis-session-sets that shows only on a Redis Cluster. */
@Tag("further")
class RedisSessionSetsClusterTest {

    private static final int USERS = 20;

    @RegisterExtension
    static final TestApp APP = TestApp.of(SetsRoutes.class).redisCluster()
            .config("quarkus.imsession.references.user_id.indexed", "true")
            .config("quarkus.imsession.redis.command-timeout", "10S");

    @Inject
    ImSessions sessions;

    /** There one MULTI touches the session and its sets, which are in other slots: the cluster refuses it (CROSSSLOT). */
    @Test
    void referencesWorkWhereverTheirSlotsAre() {
        for (int user = 0; user < USERS; user++) {
            SessionId id = SessionToken.tryParse(Client.token(Client.get("/sets/user?id=old" + user, null))).id();
            assertThat(sessions.update(id, SessionData.of("user_id", "u" + user))).isTrue();
            assertThat(ids("old" + user)).isEmpty();
            assertThat(ids("u" + user)).containsExactly(id);
            assertThat(sessions.unset(id, "user_id")).isTrue();
            assertThat(ids("u" + user)).isEmpty();
            assertThat(sessions.update(id, SessionData.of("user_id", "u" + user))).isTrue();
            assertThat(sessions.destroyAll("user_id", "u" + user)).isEqualTo(1);
            assertThat(sessions.get(id)).isEmpty();
        }
    }

    private List<SessionId> ids(String user) {
        return sessions.list("user_id", user, 10).sessions().stream().map(SessionInfo::id).toList();
    }
}
