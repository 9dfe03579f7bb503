package io.quarkiverse.imsession.runtime.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionTooLargeException;
import io.quarkiverse.imsession.runtime.admin.SessionAdministrationContract;
import io.quarkiverse.imsession.runtime.store.MemorySessionStore;
import io.quarkiverse.imsession.runtime.store.SessionLimits;
import io.quarkiverse.imsession.spi.NewSession;
import io.quarkiverse.imsession.spi.SessionToken;
import io.quarkus.security.identity.SecurityIdentity;

class RequestSessionTest {

    private static final SessionPolicy POLICY = SessionAdministrationContract.policy(Set.of("user_id"));

    @Test
    void storedValueThatIsNoReferenceHindersNoOtherChange() {
        RequestSession session = stored(Map.of("user_id", "[1]", "a", "1"));
        session.update(data -> data.with("a", 2));
        assertThat(session.data().get("a", Integer.class)).contains(2);
    }

    @Test
    void newValueThatIsNoReferenceIsRefused() {
        RequestSession session = stored(Map.of("user_id", "[1]"));
        assertThatIllegalArgumentException().isThrownBy(() -> session.update(data -> data.with("user_id", List.of(2))));
        assertThatIllegalArgumentException().isThrownBy(() -> session.set(SessionData.of("user_id", List.of(2))));
    }

    @Test
    void whatAStoreCouldNotKeepAsItIsIsRefused() {
        RequestSession session = stored(Map.of("a", "1"));
        for (String user : List.of("\ud83d", "ada\ude00", "\ude00\ud83d", "\ufffd")) {
            assertThatIllegalArgumentException().isThrownBy(() -> session.update(data -> data.with("user_id", user)))
                    .withMessageContaining("'user_id'").withMessageContaining("valid Unicode");
            assertThatIllegalArgumentException().isThrownBy(() -> session.set(SessionData.of("user_id", user)));
        }
        for (Map<String, String> json : List.of(Map.of("@login", "{\"principal\":\"ada\",\"roles\":[\"admin\"]}"),
                Map.of("b\ud83d", "1"), Map.of("b", "\"\ude00\""))) {
            assertThatIllegalArgumentException().isThrownBy(() -> session.set(SessionData.fromJson(json)));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> session.label("phone \ud83d"));
        assertThat(session.data()).isEqualTo(SessionData.of("a", 1));
    }

    @Test
    void nameAndNumberOfFieldsAreBoundedHoweverTheDataWasMade() {
        RequestSession session = stored(Map.of("a", "1"));
        for (String name : List.of("", "x".repeat(129))) {
            assertThatIllegalArgumentException().isThrownBy(() -> session.set(SessionData.fromJson(Map.of(name, "1"))))
                    .withMessageContaining("1 to 128");
        }
        assertThatThrownBy(() -> session.set(SessionData.fromJson(fields(513))))
                .isInstanceOf(SessionTooLargeException.class).hasMessageContaining("513");
        assertThat(session.data()).isEqualTo(SessionData.of("a", 1));
        session.set(SessionData.fromJson(Map.of("x".repeat(128), "1")));
        session.set(SessionData.fromJson(fields(512)));
    }

    @Test
    void storedSessionBeyondTheBoundsOfNameAndNumberCanChangeButNotGrow() {
        Map<String, String> many = fields(513);
        many.put("", "1");
        RequestSession session = stored(many);
        session.update(data -> data.with("f0", "changed"));
        assertThatThrownBy(() -> session.set(SessionData.fromJson(fields(515)))).isInstanceOf(SessionTooLargeException.class);
        session.update(data -> data.without("f0"));
        assertThat(session.data().names()).hasSize(513);
    }

    private static Map<String, String> fields(int number) {
        Map<String, String> fields = new HashMap<>();
        for (int i = 0; i < number; i++) {
            fields.put("f" + i, "1");
        }
        return fields;
    }

    @Test
    void lifetimeOfItsOwnIsBounded() {
        RequestSession session = stored(Map.of("a", "1"));
        session.touch(Duration.ofDays(36_525));
        assertThatIllegalArgumentException().isThrownBy(() -> session.touch(Duration.ofDays(36_526)))
                .withMessageContaining("a hundred years");
        assertThatIllegalArgumentException().isThrownBy(() -> session.touch(Duration.ofSeconds(Long.MAX_VALUE)));
        assertThatIllegalArgumentException().isThrownBy(() -> session.touch(Duration.ofMillis(999)));
    }

    @Test
    void argumentThatIsMissingIsNamed() {
        RequestSession session = new RequestSession(SessionState.NONE, new TokenCodec(List.of()), POLICY, null, null);
        Map<String, ThrowingCallable> calls = Map.of("timeout", () -> session.touch(null), "within",
                () -> session.isFresh(null),
                "identity", () -> session.login((SecurityIdentity) null), "label", () -> session.label(null),
                "change", () -> session.update(null), "data", () -> session.set((SessionData) null));
        calls.forEach((parameter, call) -> assertThatNullPointerException().isThrownBy(call).withMessage(parameter));
    }

    @Test
    void logInOfTheFutureIsNotAskedFor() {
        for (RequestSession session : List.of(stored(Map.of()),
                new RequestSession(SessionState.NONE, new TokenCodec(List.of()), POLICY, null, null))) {
            assertThatIllegalArgumentException().isThrownBy(() -> session.isFresh(Duration.ofMinutes(-5)))
                    .withMessageContaining("ImSession.isFresh(PT-5M)");
        }
    }

    @Test
    void labelIsReadAsItIsNow() {
        RequestSession session = new RequestSession(SessionState.NONE, new TokenCodec(List.of()), POLICY, null, null);
        assertThat(session.label()).isEmpty();
        session.label("phone");
        assertThat(session.label()).as("without a session").isEmpty();
        session.set(SessionData.empty());
        assertThat(session.label()).contains("phone");
        session.label("");
        assertThat(session.label()).isEmpty();
        session.label("tablet");
        session.destroy();
        assertThat(session.label()).isEmpty();
    }

    private static RequestSession stored(Map<String, String> json) {
        MemorySessionStore store = new MemorySessionStore(10, SessionLimits.NONE);
        TokenCodec tokens = new TokenCodec(List.of());
        SessionToken token = tokens.generate();
        store.create(token.id(), new NewSession(token.hash(), SessionData.fromJson(json), POLICY.expiry(null)))
                .toCompletableFuture().join();
        return new SessionLoader(new GuardedStore(store, SessionMetrics.NONE), tokens, POLICY, SessionEvents.NONE, null)
                .load(Set.of(token.value()), Set::of)
                .toCompletableFuture().join();
    }
}
