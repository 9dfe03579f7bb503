package io.quarkiverse.imsession.deployment;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import java.util.Map;
import java.util.function.Supplier;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.imsession.ImSessions;
import io.quarkiverse.imsession.SessionId;
import io.vertx.ext.web.Router;

class EventLoopTest {

    @RegisterExtension
    static final TestApp APP = TestApp.of(Calls.class)
            .config("quarkus.imsession.references.\"user_id\".indexed", "true");

    @ParameterizedTest
    @ValueSource(strings = { "count", "get", "stream", "destroyAll" })
    void callThatWouldWaitThereFailsAndNamesTheReactiveTwin(String call) {
        Client.get("/loop/" + call, null).then()
                .body(containsString("which must not wait: inject ReactiveImSessions there"));
        Client.get("/worker/" + call, null).then().body(equalTo("done"));
    }

    @Singleton
    public static class Calls {

        void register(@Observes Router router, ImSessions sessions) {
            Map<String, Runnable> calls = Map.of("count", sessions::count,
                    "get", () -> sessions.get(new SessionId("A".repeat(SessionId.LENGTH))),
                    "stream", () -> sessions.stream("user_id", 1).toList(),
                    "destroyAll", () -> sessions.destroyAll("user_id", 1));
            calls.forEach((name, call) -> {
                Supplier<String> told = () -> tell(call);
                router.get("/loop/" + name).handler(context -> context.response().end(told.get()));
                router.get("/worker/" + name).blockingHandler(context -> context.response().end(told.get()));
            });
        }

        private static String tell(Runnable call) {
            try {
                call.run();
                return "done";
            } catch (IllegalStateException e) {
                return e.getMessage();
            }
        }
    }
}
