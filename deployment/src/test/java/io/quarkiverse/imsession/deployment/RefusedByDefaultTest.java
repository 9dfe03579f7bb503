package io.quarkiverse.imsession.deployment;

import java.util.Map;

import jakarta.ws.rs.core.Response;

import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.SessionEvent.Refused.Reason;

/** An application that answers all that it does not expect, and knows nothing of requests that are refused. */
class RefusedByDefaultTest extends RefusalsContract {

    private static final Map<Reason, String> TEXT = Map.of(Reason.ORIGIN, RefusedText.ORIGIN, Reason.TOKEN, RefusedText.TOKEN,
            Reason.CONFLICT, RefusedText.CONFLICT, Reason.LIMIT, RefusedText.LIMIT, Reason.STORE, RefusedText.STORE);

    @RegisterExtension
    static final TestApp APP = app(CatchAll.class);

    @Override
    String answer(Reason reason, String user) {
        return TEXT.get(reason);
    }

    public static class CatchAll {

        @ServerExceptionMapper
        public Response failed(Throwable failure) {
            return Response.status(500).entity("All that was not expected").build();
        }
    }
}
