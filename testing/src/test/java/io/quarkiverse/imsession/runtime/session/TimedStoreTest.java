package io.quarkiverse.imsession.runtime.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.SessionLimitException;
import io.quarkiverse.imsession.SessionStoreException;
import io.quarkiverse.imsession.runtime.store.MemorySessionStore;
import io.quarkiverse.imsession.spi.IndexedSessionStore;
import io.quarkiverse.imsession.spi.IndexedSessionStore.Scan;
import io.quarkiverse.imsession.spi.SessionStore;
import io.quarkiverse.imsession.spi.SessionToken;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.spi.TokenChange;
import io.quarkiverse.imsession.testing.IndexedSessionStoreContract;

/** Whatever a store must do, a timed one does. */
class TimedStoreTest extends IndexedSessionStoreContract {

    private static final SessionId ID = new SessionId("a".repeat(SessionId.LENGTH));

    private final List<String> calls = new ArrayList<>();
    private final List<Long> sizes = new ArrayList<>();
    private final SessionMetrics metrics = new SessionMetrics() {

        @Override
        public void called(Operation operation, long nanos, boolean failed) {
            assertThat(nanos).isNotNegative();
            calls.add(operation + (failed ? " failed" : ""));
        }

        @Override
        public void stored(long bytes) {
            sizes.add(bytes);
        }
    };
    private final IndexedSessionStore store = (IndexedSessionStore) TimedStore.of(new MemorySessionStore(100_000), metrics);

    @Override
    protected IndexedSessionStore store() {
        return store;
    }

    @Override
    protected Duration timeToLive(SessionId id) {
        StoredSession stored = await(store.load(id));
        return Duration.between(stored.now(), stored.expiresAt()).plus(SessionStore.EXPIRY_SLACK);
    }

    static Stream<Method> operations() {
        return Stream.of(IndexedSessionStore.class, SessionStore.class).flatMap(type -> Stream.of(type.getDeclaredMethods()))
                .filter(method -> !method.isSynthetic());
    }

    /** A default method too: the store may do it better than by the default. */
    @ParameterizedTest
    @MethodSource("operations")
    void eachOperationIsPassedOnAsItIsAndTimedOnce(Method operation) throws ReflectiveOperationException {
        List<String> passed = new ArrayList<>();
        CompletableFuture<Object> answer = new CompletableFuture<>();
        IndexedSessionStore timed = (IndexedSessionStore) TimedStore.of(recorder(passed, answer), metrics);
        Object[] arguments = new Object[operation.getParameterCount()];
        Arrays.setAll(arguments, i -> operation.getParameterTypes()[i] == int.class ? 7 : null);

        Object result = operation.invoke(timed, arguments);
        CompletionStage<?> stage = result instanceof Scan scan ? scan.next() : (CompletionStage<?>) result;

        assertThat(passed).containsExactly(operation + Arrays.toString(arguments));
        assertThat(calls).isEmpty();
        answer.completeExceptionally(new SessionStoreException("broken"));
        assertThat(calls).hasSize(1).allMatch(call -> call.endsWith(" failed"));
        assertThatThrownBy(() -> stage.toCompletableFuture().join()).hasRootCauseInstanceOf(SessionStoreException.class);
    }

    @Test
    void whatAStoreRefusesIsNoFailureOfIt() {
        SessionLimitException limit = new SessionLimitException("user_id", 3);
        failing(limit).destroy(ID);
        failing(new CompletionException(limit)).destroy(ID);
        failing(new IllegalArgumentException()).destroy(ID);
        failing(new CompletionException(new IllegalStateException())).destroy(ID);

        assertThat(calls).containsExactly("DESTROY", "DESTROY", "DESTROY", "DESTROY failed");
    }

    @Test
    void aStoreThatThrowsIsTimedTooAndThrowsStill() {
        SessionStore timed = TimedStore.of((SessionStore) Proxy.newProxyInstance(getClass().getClassLoader(),
                new Class<?>[] { SessionStore.class }, (proxy, method, arguments) -> {
                    throw new IllegalStateException("broken");
                }), metrics);

        assertThatThrownBy(() -> timed.load(ID)).hasMessage("broken");
        assertThat(calls).containsExactly("LOAD failed");
    }

    @Test
    void onlyDataThatIsStoredIsMeasured() {
        SessionToken token = create(SessionData.of("a", 1));
        update(token, Map.of("b", "22"), Set.of(), TokenChange.KEEP);
        update(token, Map.of("@label", "phone"), Set.of(), TokenChange.KEEP);
        update(newToken(), Map.of("b", "22"), Set.of(), TokenChange.KEEP);

        assertThat(sizes).containsExactly(2L, 5L);
    }

    @Test
    void withoutMetricsTheStoreIsWhatItWas() {
        SessionStore plain = new MemorySessionStore(1);

        assertThat(TimedStore.of(plain, SessionMetrics.NONE)).isSameAs(plain);
        assertThat(TimedStore.untimed(TimedStore.of(plain, metrics))).isSameAs(plain);
    }

    @Test
    void aStoreThatFindsNothingFindsNothingWhenItIsTimed() {
        assertThat(failing(new IllegalStateException())).isNotInstanceOf(IndexedSessionStore.class);
    }

    private SessionStore failing(Exception failure) {
        return TimedStore.of((SessionStore) Proxy.newProxyInstance(getClass().getClassLoader(),
                new Class<?>[] { SessionStore.class }, (proxy, method, arguments) -> CompletableFuture.failedFuture(failure)),
                metrics);
    }

    private static IndexedSessionStore recorder(List<String> passed, CompletableFuture<Object> answer) {
        return (IndexedSessionStore) Proxy.newProxyInstance(TimedStoreTest.class.getClassLoader(),
                new Class<?>[] { IndexedSessionStore.class }, (proxy, method, arguments) -> {
                    passed.add(method + Arrays.toString(arguments));
                    return method.getReturnType() == Scan.class
                            ? (Scan) () -> answer.thenApply(IndexedSessionStore.Page.class::cast)
                            : answer;
                });
    }
}
