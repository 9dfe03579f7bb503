package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.ImSessions;
import io.quarkiverse.imsession.test.Visitor;
import io.quarkiverse.imsession.test.device.OfferedBinding;

class FormDeviceTest extends FormContract {

    @RegisterExtension
    static final TestApp APP = app(ActingResource.class, ActingResource.Told.class)
            .config("quarkus.imsession.device-bound.enabled", "true")
            .config("quarkus.imsession.device-bound.grace", "0S")
            .config("quarkus.imsession.acting.roles", "author")
            .config("quarkus.imsession.journal.enabled", "true");

    @Inject
    ImSessions sessions;

    @Test
    void logInByTheFormIsBoundToTheDevice() throws Exception {
        Visitor ada = visitor();
        HttpResponse<String> logIn = logIn(ada, "ada", "lovelace");
        assertThat(OfferedBinding.accept(logIn, ada).statusCode()).isEqualTo(200);
        assertThat(ada.get("/who").body()).isEqualTo("ada[admin, author]");

        Visitor thief = OfferedBinding.thief(ada, address());
        await().atMost(Duration.ofMinutes(2)).until(() -> thief.get("/who").body(), who -> who.equals("-"));
        assertSendsToForm(thief.get("/user"));
        assertThat(ada.get("/user").body()).isEqualTo("ada");

        OfferedBinding.thief(ada, address()).get("/user");
        assertThat(told("ada")).startsWith("REFUSED DEVICE -").containsOnlyOnce("REFUSED DEVICE -");
    }

    @Test
    void userOfTheFormActsForAnotherAndTheJournalTellsIt() {
        Visitor ada = ada();
        assertThat(ada.get("/acting/begin?user=cleo&role=reader").statusCode()).isEqualTo(204);
        assertThat(ada.get("/who").body()).isEqualTo("cleo[reader]");
        assertThat(ada.get("/acting/actor").body()).startsWith("ada ada ");
        assertThat(ada.get("/form/fresh").statusCode()).isNotEqualTo(200);
        ada.get("/acting/end");
        assertThat(ada.get("/who").body()).isEqualTo("-");
        assertSendsToForm(ada.get("/user"));
        assertThat(told("cleo")).containsExactly("ENDED REQUEST ada", "ACTED_FOR REQUEST ada");
    }

    private List<String> told(String user) {
        return sessions.journal(ImSession.PRINCIPAL, user).stream()
                .map(entry -> entry.kind() + " " + entry.cause() + ' ' + entry.actor().orElse("-")).toList();
    }

    @Test
    void failedLogInOffersNothing() {
        assertThat(OfferedBinding.isIn(logIn(visitor(), "ada", "wrong"))).isFalse();
    }
}
