package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.ImSessions;
import io.quarkiverse.imsession.test.Visitor;
import io.quarkiverse.imsession.test.device.OfferedBinding;
import io.quarkus.test.security.webauthn.WebAuthnHardware;

class PasskeyDeviceTest extends PasskeyContract {

    @RegisterExtension
    static final TestApp APP = app(Acting.class).config("quarkus.imsession.device-bound.enabled", "true")
            .config("quarkus.imsession.device-bound.grace", "0S")
            .config("quarkus.imsession.acting.roles", "admin")
            .config("quarkus.imsession.journal.enabled", "true");

    @Inject
    ImSessions sessions;

    @Path("/acting")
    public static class Acting {

        @Inject
        ImSession session;

        @GET
        @Path("begin")
        public void begin(@QueryParam("user") String user) {
            session.actAs(user, Set.of("reader"), "ticket 4711");
        }
    }

    @Test
    void logInByAPasskeyIsBoundToTheDevice() throws Exception {
        WebAuthnHardware hardware = device();
        registered("ada", hardware);
        Visitor ada = visitor();
        assertThat(OfferedBinding.accept(logIn(ada, hardware), ada).statusCode()).isEqualTo(200);
        assertThat(ada.get("/who").body()).startsWith("ada");

        Visitor thief = OfferedBinding.thief(ada, address());
        await().atMost(Duration.ofMinutes(2)).until(() -> thief.get("/who").body(), who -> who.equals("-"));
        assertThat(ada.get("/who").body()).startsWith("ada");

        assertThat(ada.get("/acting/begin?user=cleo").statusCode()).isEqualTo(204);
        assertThat(ada.get("/who").body()).as("the binding stays").isEqualTo("cleo[reader]");
        assertThat(ada.get("/fresh").statusCode()).isNotEqualTo(200);
        ada.get("/logout");
        assertThat(ada.get("/who").body()).isEqualTo("-");
        assertThat(told("cleo")).containsExactly("ENDED REQUEST ada", "ACTED_FOR REQUEST ada");
        assertThat(told("ada")).startsWith("ENDED REQUEST ada", "REFUSED DEVICE -", "LOGGED_IN REQUEST -");
    }

    private List<String> told(String user) {
        return sessions.journal(ImSession.PRINCIPAL, user).stream()
                .map(entry -> entry.kind() + " " + entry.cause() + ' ' + entry.actor().orElse("-")).toList();
    }
}
