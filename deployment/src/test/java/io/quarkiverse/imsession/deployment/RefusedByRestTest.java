package io.quarkiverse.imsession.deployment;

import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;

import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.RequestRefusedException;
import io.quarkiverse.imsession.SessionConflictException;
import io.quarkiverse.imsession.SessionEvent.Refused.Reason;
import io.smallrye.mutiny.Uni;

/** The application answers with exception mappers of Quarkus REST, whatever layer the request was for. */
class RefusedByRestTest extends RefusalsContract {

    @RegisterExtension
    static final TestApp APP = app(Mappers.class);

    @Override
    String answer(Reason reason, String user) {
        return reason == Reason.CONFLICT ? "Later: CONFLICT, " + user : reason + ", " + user;
    }

    public static class Mappers {

        @Inject
        ImSession session;

        @ServerExceptionMapper
        public Response refused(RequestRefusedException refused) {
            return Response.status(refused.status()).entity(refused.reason() + ", " + user()).build();
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
