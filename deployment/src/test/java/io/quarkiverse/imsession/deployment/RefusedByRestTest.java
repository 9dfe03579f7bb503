package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;

import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;

import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.RequestRefusedException;
import io.quarkiverse.imsession.SessionConflictException;
import io.quarkiverse.imsession.SessionEvent.Refused.Reason;
import io.quarkiverse.imsession.deployment.FaultyStore.Fault;
import io.smallrye.mutiny.Uni;

/** The application answers with exception mappers of Quarkus REST, whatever layer the request was for. */
@Tag("further")
class RefusedByRestTest extends RefusalsContract {

    @RegisterExtension
    static final TestApp APP = app("The application failed to answer a request that was refused \\((ORIGIN|STORE)\\)",
            Mappers.class);

    @Override
    String answer(Reason reason, String user) {
        return reason == Reason.CONFLICT ? "Later: CONFLICT, " + user : reason + ", " + user;
    }

    @Test
    void defaultAnswerIsSentIfTheApplicationFailsToAnswer() {
        String session = Client.login("name", "broken");
        assertDefault(403, RefusedText.ORIGIN, send("POST", "route/change", session, "Sec-Fetch-Site", "cross-site"));
        store.with(Fault.COMMIT, () -> {
            assertDefault(503, RefusedText.STORE, get("rest/change", session));
            assertDefault(503, RefusedText.STORE, get("rest-stream/change", session));
        });
    }

    @Test
    void headersThatTheApplicationSetsTakeThePlaceOfTheDefaultOnes() {
        String session = Client.login("name", "busy");
        store.with(Fault.COMMIT, () -> {
            for (String layer : List.of("route", "rest", "rest-uni")) {
                HttpResponse<String> response = get(layer + "/change", session);
                assertThat(response.headers().allValues("Retry-After")).containsExactly("30");
                assertThat(response.headers().allValues("Cache-Control")).containsExactly("private");
            }
        });
    }

    private static void assertDefault(int status, String text, HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).isEqualTo(text);
        assertThat(response.headers().firstValue("Set-Cookie")).isEmpty();
        assertNotKept(response);
    }

    public static class Mappers {

        @Inject
        ImSession session;

        @ServerExceptionMapper
        public Response refused(RequestRefusedException refused) {
            if (user().equals("broken")) {
                throw new IllegalStateException("No template");
            }
            Response.ResponseBuilder answer = Response.status(refused.status()).entity(refused.reason() + ", " + user());
            return user().equals("busy") ? answer.header("Retry-After", 30).header("Cache-Control", "private").build()
                    : answer.build();
        }

        @ServerExceptionMapper
        public Uni<Response> conflict(SessionConflictException refused) {
            return Uni.createFrom().item(() -> Response.status(refused.status()).entity("Later: CONFLICT, " + user()).build());
        }

        private String user() {
            return session.data().get("name", String.class).orElse("nobody");
        }
    }
}
