package io.quarkiverse.imsession.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.function.Consumer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;

import io.quarkiverse.imsession.ImSession;

class MisuseTest {

    @Test
    void testOfAnApplicationInAnotherProcessFailsWithTheMend() {
        EngineTestKit.engine("junit-jupiter").selectors(selectClass(WithoutApplication.class)).execute().testEvents()
                .assertStatistics(events -> events.started(1).failed(1)).failed()
                .assertThatEvents().allSatisfy(event -> assertThat(
                        event.getRequiredPayload(TestExecutionResult.class).getThrowable().orElseThrow())
                        .isInstanceOf(IllegalStateException.class).hasMessageContaining("@QuarkusIntegrationTest")
                        .hasMessageContaining("@QuarkusTest"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "[1]", "1", "{user_id: }", "{user_id: 1} more", "user_id=1" })
    void whatIsNoJsonObjectIsRefusedWithAnExample(String json) {
        assertThatIllegalArgumentException().isThrownBy(() -> LenientJson.data(json)).withMessageContaining("{user_id: 1");
    }

    @Test
    void contentThatCannotBeMadeIsRefusedWithTheMend() {
        assertThatIllegalArgumentException().isThrownBy(() -> WithSessionExtension.make(Needy.class))
                .withMessageContaining(Needy.class.getName())
                .withMessageContaining("no constructor without parameters: give it");
    }

    record Needy(String need) implements Consumer<ImSession> {

        @Override
        public void accept(ImSession session) {
        }
    }

    static class WithoutApplication {

        @Test
        @WithSession
        void runs() {
        }
    }
}
