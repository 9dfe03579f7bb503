package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.util.List;
import java.util.logging.Level;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.SessionEvent;
import io.quarkus.runtime.StartupEvent;

class SynchronousObserverTest {

    @RegisterExtension
    static final TestApp APP = TestApp.of(Routes.class, Observers.class)
            .logs(Level.WARNING, SynchronousObserverTest::eachThatIsNeverCalledIsNamed);

    private static void eachThatIsNeverCalledIsNamed(List<String> lines) {
        String observers = Observers.class.getName();
        String event = SessionEvent.class.getName();
        assertThat(lines).containsExactlyInAnyOrder(
                observers + "#any() observes " + event + " with @Observes and is never called, as events of sessions are told"
                        + " asynchronously: use @ObservesAsync",
                observers + "#created() observes " + event
                        + "$Created with @Observes and is never called, as events of sessions"
                        + " are told asynchronously: use @ObservesAsync");
    }

    @Test
    void observersThatAreNeverCalledAreWarnedOfWhenTheApplicationIsBuilt() {
        Client.get("/read", null).then().statusCode(200).body(equalTo("no session"));
    }

    @ApplicationScoped
    static class Observers {

        void any(@Observes SessionEvent event) {
        }

        void created(@Observes SessionEvent.Created event) {
        }

        void told(@ObservesAsync SessionEvent event) {
        }

        void started(@Observes StartupEvent event) {
        }
    }
}
