package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.hamcrest.Matchers.containsString;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import jakarta.inject.Inject;

import org.awaitility.Awaitility;
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
import io.restassured.response.Response;
import io.vertx.core.Vertx;

/**
 * The defects of redis-session-sets, in its sets and in its store: none of them is here. Each test tells what the ancestor
 * does.
 */
class RedisSessionSetsDefectsTest {

    @RegisterExtension
    static final TestApp APP = TestApp.of(SetsRoutes.class, Routes.class, RawRedis.class).redis()
            .config("quarkus.imsession.references.user_id.indexed", "true")
            .config("quarkus.imsession.redis.command-timeout", "3S");

    @Inject
    RedisKeys keys;

    @Inject
    ImSessions sessions;

    @Inject
    Vertx vertx;

    RawRedis redis;
    String user;

    @BeforeEach
    void connect() {
        redis = new RawRedis(vertx);
        user = UUID.randomUUID().toString();
    }

    @AfterEach
    void disconnect() {
        redis.close();
    }

    // Sets

    /** There the wrong keys are removed: delete() takes the values for pairs of field and value. */
    @Test
    void deletedSessionLeavesItsSets() {
        SessionId id = login(user);
        sessions.destroy(id);
        assertThat(entered(user)).isEmpty();
    }

    /** There set() only adds: the session stays in the set of the old value. */
    @Test
    void changedValueMovesTheSessionFromOneSetToTheOther() {
        SessionId id = login("old" + user);
        sessions.update(id, SessionData.of("user_id", user));
        assertThat(entered("old" + user)).isEmpty();
        assertThat(entered(user)).containsExactly(id.value());
    }

    /** There an expired session stays in its sets for ever. */
    @Test
    void expiredSessionIsNotListedAndItsEntryGoes() {
        SessionId expired = login(user);
        SessionId living = login(user);
        // What Redis does to a key at the end of its time.
        redis.command("DEL", keys.session(expired));
        assertThat(ids(user)).containsExactly(living);
        Awaitility.await().until(() -> entered(user).equals(List.of(living.value())));
    }

    /** There sets have no time to live. */
    @Test
    void setsExpireByThemselves() {
        SessionId id = login(user);
        assertThat(redis.timeToLive(keys.reference("user_id", user)))
                .isGreaterThan(redis.timeToLive(keys.session(id)))
                .isLessThan(Duration.ofHours(31).toMillis());
    }

    /** There touch() knows nothing of the sets, so they could not expire. */
    @Test
    void touchedSessionIsFoundAsLongAsItLives() {
        SessionId id = login(user);
        sessions.touch(id, Duration.ofDays(100));
        assertThat(redis.timeToLive(keys.reference("user_id", user))).isGreaterThan(Duration.ofDays(100).toMillis());
        assertThat(redis.command("ZSCORE", keys.reference("user_id", user), id.value()).toLong())
                .isGreaterThan(sessions.get(id).orElseThrow().expiresAt().toEpochMilli());
    }

    /** There two values that are set at the same time both keep the session; unset() removes what it has read before. */
    @Test
    void parallelChangesLeaveTheSessionInOneSet() {
        SessionId id = login(user);
        CompletableFuture<?>[] changes = new CompletableFuture<?>[20];
        for (int i = 0; i < changes.length; i++) {
            String value = user + i % 4;
            boolean unset = i % 7 == 6;
            changes[i] = CompletableFuture.runAsync(() -> {
                if (unset) {
                    sessions.unset(id, "user_id");
                } else {
                    sessions.update(id, SessionData.of("user_id", value));
                }
            });
        }
        CompletableFuture.allOf(changes).join();
        String last = sessions.get(id).orElseThrow().data().get("user_id", String.class).orElse(null);
        for (int i = 0; i < 4; i++) {
            assertThat(ids(user + i)).isEqualTo((user + i).equals(last) ? List.of(id) : List.of());
        }
        assertThat(ids(user)).isEmpty();
    }

    /** There a value that is no text becomes "[object Object]" or "null": all users with one share a set. */
    @Test
    void onlyAScalarIsAReference() {
        Response refused = Client.get("/sets/user/object", null);
        refused.then().statusCode(500);
        assertThat(refused.header("Set-Cookie")).isNull();
        assertThatIllegalArgumentException().isThrownBy(() -> sessions.list("user_id", List.of(1), 10));
    }

    /** There the application reads the whole set, and deletes one session after the other. */
    @Test
    void allSessionsOfAUserAreEndedWithOneCall() {
        List<SessionId> ended = List.of(login(user), login(user), login(user));
        SessionId other = login("other" + user);
        assertThat(sessions.destroyAll("user_id", user)).isEqualTo(3);
        assertThat(ended).allMatch(id -> sessions.get(id).isEmpty());
        assertThat(sessions.get(other)).isPresent();
        assertThat(redis.exists(keys.reference("user_id", user))).isFalse();
    }

    /** There colons join prefix, field and value, so two pairs may have one key. */
    @Test
    void valuesOfAnyCharactersAreKeptApart() {
        List<String> values = List.of(user, user + ":", ":" + user, user + "}", "{" + user, user + ":{" + user + "}");
        List<SessionId> ids = values.stream().map(this::login).toList();
        for (int i = 0; i < values.size(); i++) {
            assertThat(ids(values.get(i))).as(values.get(i)).containsExactly(ids.get(i));
        }
    }

    /** There it depends on the prefixes whether the set of a value has the key of a session. */
    @Test
    void noValueMakesTheKeyOfASession() {
        SessionId id = login(user);
        SessionId other = login(id.value());
        assertThat(keys.reference("user_id", id.value())).isNotEqualTo(keys.session(id));
        assertThat(sessions.get(id).orElseThrow().data()).isEqualTo(SessionData.of("user_id", user));
        assertThat(ids(id.value())).containsExactly(other);
    }

    /** There nobody looks at what MULTI answers: a failed step is taken for done. */
    @Test
    void changeThatCannotBeStoredIsNoSuccess() {
        redis.command("SET", keys.reference("user_id", user), "no set");
        Response response = Client.get("/set?user_id=" + user, null);
        response.then().statusCode(503);
        assertThat(response.header("Set-Cookie")).isNull();
    }

    // Store

    /** There HMSET makes half a session of it, with the changed fields only. */
    @Test
    void endedSessionIsNotRevivedByAnUpdate() {
        SessionId id = login(user);
        sessions.destroy(id);
        assertThat(sessions.update(id, SessionData.of("a", 1))).isFalse();
        assertThat(sessions.touch(id)).isFalse();
        assertThat(sessions.unset(id, "a")).isFalse();
        assertThat(redis.exists(keys.session(id))).isFalse();
    }

    /** There every value becomes a string. */
    @Test
    void valuesKeepTheirTypes() {
        SessionId id = login(user);
        SessionData data = SessionData.of("number", 1, "truth", false, "text", "1", "list", List.of(1, "a"));
        sessions.update(id, data);
        assertThat(sessions.get(id).orElseThrow().data()).isEqualTo(data.with("user_id", user));
    }

    /** There the fields id and _csrf_secret are its own: an application that sets them loses its session, or its protection. */
    @Test
    void noFieldOfTheApplicationIsOneOfOurs() {
        String token = Client.login("id", "mine");
        Client.get("/update?_csrf_secret=known", token).then().statusCode(200);
        Client.get("/sets", token).then().body(containsString("id=mine"), containsString("_csrf_secret=known"));
        assertThat(sessions.get(SessionToken.tryParse(token).id())).isPresent();
        assertThatIllegalArgumentException().isThrownBy(() -> SessionData.of("@token", "known"));
    }

    /** There set(), unset() and touch() without a lifetime give the default one to a session that has its own. */
    @Test
    void sessionKeepsALifetimeOfItsOwn() {
        SessionId id = login(user);
        sessions.touch(id, Duration.ofMinutes(5));
        sessions.update(id, SessionData.of("a", 1));
        sessions.unset(id, "a");
        sessions.touch(id);
        assertThat(redis.timeToLive(keys.session(id))).isLessThan(Duration.ofMinutes(6).toMillis());
    }

    private SessionId login(String userId) {
        String token = Client.token(Client.request(null).queryParam("id", userId).get("/sets/user"));
        return SessionToken.tryParse(token).id();
    }

    /** Who is in the set of a user. */
    private List<String> entered(String userId) {
        return redis.members(keys.reference("user_id", userId));
    }

    private List<SessionId> ids(String userId) {
        return sessions.list("user_id", userId, 1000).sessions().stream().map(SessionInfo::id).toList();
    }
}
