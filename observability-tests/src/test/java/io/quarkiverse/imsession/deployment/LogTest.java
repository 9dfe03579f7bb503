package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.docs.Audit;
import io.restassured.response.Response;

class LogTest {

    private static final LogFile LOG = LogFile.of(LogTest.class);

    @RegisterExtension
    static final TestApp APP = LOG.with(TestApp.of(LogFile.class, LoggedResource.class, Audit.class));

    private final String line = UUID.randomUUID().toString();

    @ParameterizedTest
    @ValueSource(strings = { "/logged/event-loop", "/logged/worker" })
    void eachLineHasTheIdOfItsOwnRequestAndNoOther(String path) {
        LOG.assertEachLineHasTheIdOfItsRequest(path);
    }

    @Test
    void aSessionThatTheRequestMakesIsInTheLinesAfterIt() {
        String id = id(Client.get("/logged/set?line=" + line, null));

        assertThat(LOG.id("before " + line)).isEmpty();
        assertThat(LOG.id("after " + line)).isEqualTo(id);
    }

    @Test
    void theLinesOfALogOutHaveTheIdOfTheSessionThatItEnded() {
        String token = Client.token(Client.get("/logged/set?line=first", null));
        Response response = Client.get("/logged/replace?line=" + line, token);

        assertThat(LOG.id("before " + line)).isEqualTo(token.substring(0, SessionId.LENGTH));
        assertThat(LOG.id("ended " + line)).isEqualTo(token.substring(0, SessionId.LENGTH));
        assertThat(LOG.id("after " + line)).isEqualTo(id(response)).isNotEqualTo(LOG.id("ended " + line));
    }

    @Test
    void aThreadThatIsNotOfTheRequestKeepsNoId() {
        String id = id(Client.get("/logged/set-elsewhere?line=" + line, null));

        assertThat(LOG.id("elsewhere " + line)).isEmpty();
        assertThat(LOG.id("somebody else " + line)).isEmpty();
        assertThat(LOG.id("after " + line)).isEqualTo(id);
    }

    @Test
    void theAuditLogOfTheDocumentationHasEachEventAndNoIdOfARequest() {
        String id = id(Client.get("/logged/set?line=audited", null));

        assertThat(LOG.id("Created[id=" + id + "]")).isEmpty();
    }

    private static String id(Response response) {
        return Client.token(response).substring(0, SessionId.LENGTH);
    }
}
