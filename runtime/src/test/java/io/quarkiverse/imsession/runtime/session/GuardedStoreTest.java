package io.quarkiverse.imsession.runtime.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.security.SecureRandom;
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
import io.quarkiverse.imsession.runtime.store.SessionLimits;
import io.quarkiverse.imsession.spi.Expiry;
import io.quarkiverse.imsession.spi.IndexedSessionStore;
import io.quarkiverse.imsession.spi.IndexedSessionStore.Page;
import io.quarkiverse.imsession.spi.IndexedSessionStore.Scan;
import io.quarkiverse.imsession.spi.NewSession;
import io.quarkiverse.imsession.spi.Presented;
import io.quarkiverse.imsession.spi.SessionStore;
import io.quarkiverse.imsession.spi.SessionToken;
import io.quarkiverse.imsession.spi.SessionUpdate;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.spi.TokenChange;

/** What holds for each call of a store, also of one that keeps no promise. */
class GuardedStoreTest {

    private static final SessionId ID = new SessionId("a".repeat(SessionId.LENGTH));
    private static final Expiry EXPIRY = new Expiry(Duration.ofHours(1), null, null);

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

    static Stream<Method> operations() {
        return Stream.of(GuardedStore.class, GuardedStore.Index.class).flatMap(type -> Stream.of(type.getDeclaredMethods()))
                .filter(method -> Set.of(CompletionStage.class, Scan.class).contains(method.getReturnType())
                        && Modifier.isPublic(method.getModifiers()));
    }

    /** Each method of the store, so that it may do better than by a default. */
    @ParameterizedTest
    @MethodSource("operations")
    void eachCallIsPassedOnAsItIsAndTimedOnce(Method operation) throws ReflectiveOperationException {
        List<String> passed = new ArrayList<>();
        CompletableFuture<Object> answer = new CompletableFuture<>();

        CompletionStage<?> stage = call(operation, (proxy, method, arguments) -> {
            passed.add(method.getName() + Arrays.toString(arguments));
            return method.getReturnType() == Scan.class ? (Scan) () -> answer.thenApply(Page.class::cast) : answer;
        });

        assertThat(passed).containsExactly(operation.getName() + Arrays.toString(arguments(operation)));
        assertThat(calls).isEmpty();
        answer.completeExceptionally(new SessionStoreException("broken"));
        assertThat(calls).hasSize(1).allMatch(call -> call.endsWith(" failed"));
        assertThatThrownBy(() -> stage.toCompletableFuture().join()).hasRootCauseInstanceOf(SessionStoreException.class);
    }

    @ParameterizedTest
    @MethodSource("operations")
    void aStoreThatThrowsHasFailed(Method operation) throws ReflectiveOperationException {
        CompletionStage<?> stage = call(operation, (proxy, method, arguments) -> {
            throw new StackOverflowError("broken");
        });

        assertThatThrownBy(() -> stage.toCompletableFuture().join()).hasRootCauseMessage("broken");
        assertThat(calls).hasSize(1).allMatch(call -> call.endsWith(" failed"));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void aStoreWithoutAStageHasFailedAndIsNamedWithWhatItWasAskedFor(Method operation) throws ReflectiveOperationException {
        CompletionStage<?> stage = call(operation, (proxy, method, arguments) -> null);

        String verb = operation.getName().startsWith("scan") || operation.getName().startsWith("find") ? "find"
                : Set.of("holder", "release").contains(operation.getName()) ? "claim"
                        : operation.getName().replaceAll("destroy(All|EverySession)", "destroy all");
        assertThatThrownBy(() -> stage.toCompletableFuture().join()).hasCauseInstanceOf(SessionStoreException.class)
                .hasMessageContaining("$Proxy").hasMessageEndingWith("when it was asked to " + verb);
        assertThat(calls).hasSize(1).allMatch(call -> call.endsWith(" failed"));
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
    void onlyDataThatIsStoredIsMeasured() {
        GuardedStore store = new GuardedStore(new MemorySessionStore(10, SessionLimits.NONE), metrics);
        SessionToken token = SessionToken.generate(new SecureRandom());
        NewSession made = new NewSession(token.hash(), SessionData.of("a", 1), EXPIRY);
        store.create(token.id(), made);
        StoredSession stored = store.load(token.id()).toCompletableFuture().join();
        store.update(token.id(), change(stored, token, "b", "22"));
        store.update(token.id(), change(stored, token, "@label", "phone"));
        store.update(ID, change(stored, token, "b", "22"));
        store.replace(token.id(), new Presented(token.hash(), 1), Duration.ZERO, ID, made);
        store.replace(ID, Presented.ifNewest(token.renew(new SecureRandom()).hash()), Duration.ZERO, token.id(),
                made);

        assertThat(sizes).containsExactly(2L, 5L, 2L);
    }

    @Test
    void withoutMetricsTheStageIsThatOfTheStore() {
        CompletableFuture<Object> stage = new CompletableFuture<>();

        assertThat(new GuardedStore(store((proxy, method, arguments) -> stage, SessionStore.class), SessionMetrics.NONE)
                .load(ID)).isSameAs(stage);
    }

    @Test
    void aStoreThatFindsNothingIsNamed() {
        assertThatThrownBy(failing(new IllegalStateException())::index).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("$Proxy").hasMessageContaining("let it implement IndexedSessionStore");
    }

    private static SessionUpdate change(StoredSession basis, SessionToken token, String name, String text) {
        return new SessionUpdate(basis, token.hash(), Map.of(name, text), Set.of(), TokenChange.KEEP, null);
    }

    private GuardedStore failing(Exception failure) {
        return new GuardedStore(store((proxy, method, arguments) -> CompletableFuture.failedFuture(failure),
                SessionStore.class), metrics);
    }

    private CompletionStage<?> call(Method operation, InvocationHandler answers) throws ReflectiveOperationException {
        GuardedStore guarded = new GuardedStore(store(answers, IndexedSessionStore.class), metrics);
        Object result = operation.invoke(
                operation.getDeclaringClass() == GuardedStore.class ? guarded : guarded.index(), arguments(operation));
        return result instanceof Scan scan ? scan.next() : (CompletionStage<?>) result;
    }

    private static Object[] arguments(Method operation) {
        return Stream.of(operation.getParameterTypes()).map(type -> type == int.class ? 7 : null).toArray();
    }

    private static SessionStore store(InvocationHandler answers, Class<? extends SessionStore> type) {
        InvocationHandler withClaims = (proxy, method, arguments) -> method.getName().equals("hasClaims") ? Boolean.TRUE
                : answers.invoke(proxy, method, arguments);
        return (SessionStore) Proxy.newProxyInstance(GuardedStoreTest.class.getClassLoader(), new Class<?>[] { type },
                withClaims);
    }
}
