package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.SessionId;

@Tag("further")
class TracingByDefaultTest {

    @RegisterExtension
    static final TestApp APP = TracingTest.app();

    @Inject
    SpanExporter exporter;

    @Test
    void noSpanTellsWhichSessionItIsOf() {
        String[] made = new String[1];
        exporter.during(() -> made[0] = Client.token(Client.get("/traced/set?name=anna", null)), 2);
        String token = made[0];

        assertThat(exporter.during(() -> Client.get("/traced/read", token), 1).toString())
                .doesNotContain(token.substring(0, SessionId.LENGTH)).doesNotContain("session.id");
    }
}
