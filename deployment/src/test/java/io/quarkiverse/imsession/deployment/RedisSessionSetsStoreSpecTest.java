package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.ImSessions;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.SessionInfo;
import io.quarkiverse.imsession.redis.RedisKeys;
import io.quarkiverse.imsession.spi.SessionToken;
import io.vertx.core.Vertx;

/**
 * What redis-session-sets promises in {@code __tests__/store.js}, promised again. Each test has the name of the
 * original. What deliberately differs: a session is made by a request, never by its id from outside. Their {@code set}
 * of an id that is not there makes a session of it; {@link ImSessions#update} is false then.
 */
class RedisSessionSetsStoreSpecTest {

    @RegisterExtension
    static final TestApp APP = TestApp.of(Routes.class, RawRedis.class).redis()
            .config("quarkus.imsession.references.user_id.indexed", "true")
            .config("quarkus.imsession.redis.command-timeout", "10S")
            .config("quarkus.imsession.references.ip.indexed", "true");

    @Inject
    RedisKeys keys;

    @Inject
    ImSessions sessions;

    @Inject
    Vertx vertx;

    RawRedis redis;
    SessionId id;

    @BeforeEach
    void connect() {
        redis = new RawRedis(vertx);
        id = SessionToken.tryParse(Client.login("made", "here")).id();
    }

    @AfterEach
    void disconnect() {
        redis.close();
    }

    @Test
    void createASessionId() {
        assertThat(id.value()).matches("[\\w-]{22}");
    }

    @Test
    void nonExistentSessionsReturnAnEmptyObject() {
        SessionId unknown = SessionToken.generate(new SecureRandom()).id();
        assertThat(sessions.get(unknown)).isEmpty();
        assertThat(sessions.update(unknown, SessionData.of("user_id", 1))).isFalse();
        assertThat(redis.exists(keys.session(unknown))).isFalse();
    }

    @Test
    void setTheSession() {
        assertThat(sessions.update(id, SessionData.of("user_id", 1, "ip", "0.0.0.0"))).isTrue();
    }

    @Test
    void getTheSession() {
        setTheSession();
        SessionInfo info = sessions.get(id).orElseThrow();
        assertThat(info.id()).isEqualTo(id);
        assertThat(info.data()).isEqualTo(SessionData.of("made", "here", "user_id", 1, "ip", "0.0.0.0"));
    }

    @Test
    void getSessionIdsOfSessionsWithThisIp() {
        setTheSession();
        assertThat(redis.members(keys.reference("ip", "0.0.0.0"))).contains(id.value());
        assertThat(ids("ip", "0.0.0.0")).contains(id);
    }

    @Test
    void unsetAField() {
        setTheSession();
        assertThat(sessions.unset(id, "ip")).isTrue();
        assertThat(sessions.get(id).orElseThrow().data()).isEqualTo(SessionData.of("made", "here", "user_id", 1));
        assertThat(redis.members(keys.reference("ip", "0.0.0.0"))).doesNotContain(id.value());
        assertThat(ids("ip", "0.0.0.0")).doesNotContain(id);
        assertThat(ids("user_id", 1)).contains(id);
    }

    @Test
    void touch() {
        assertThat(sessions.touch(id, Duration.ofDays(28))).isTrue();
        assertThat(Duration.ofMillis(redis.timeToLive(keys.session(id)))).isGreaterThan(Duration.ofDays(27));
    }

    @Test
    void deleteASession() {
        setTheSession();
        assertThat(sessions.destroy(id)).isTrue();
        assertThat(sessions.get(id)).isEmpty();
        // Theirs looks into the set of another field here, and so misses that the entry stays.
        assertThat(redis.members(keys.reference("user_id", 1))).doesNotContain(id.value());
        assertThat(redis.members(keys.reference("ip", "0.0.0.0"))).doesNotContain(id.value());
    }

    private List<SessionId> ids(String field, Object value) {
        return sessions.list(field, value, 1000).sessions().stream().map(SessionInfo::id).toList();
    }
}
