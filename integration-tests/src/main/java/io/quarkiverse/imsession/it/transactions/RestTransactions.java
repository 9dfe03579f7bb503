package io.quarkiverse.imsession.it.transactions;

import java.nio.charset.StandardCharsets;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.StreamingOutput;

import org.jboss.resteasy.reactive.RestResponse;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.ImSessions;
import io.quarkiverse.imsession.ReactiveImSessions;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.it.races.Gates;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** Quarkus REST, on worker threads and event loops. */
@Path("/transactions")
@Produces(MediaType.TEXT_PLAIN)
public class RestTransactions {

    private final ImSession session;
    private final ImSessions sessions;
    private final ReactiveImSessions reactiveSessions;
    private final Gates gates;

    @Inject
    RestTransactions(ImSession session, ImSessions sessions, ReactiveImSessions reactiveSessions,
            Gates gates) {
        this.session = session;
        this.sessions = sessions;
        this.reactiveSessions = reactiveSessions;
        this.gates = gates;
    }

    /** Makes a session without any number. */
    @POST
    @Path("/begin")
    public String begin() {
        session.set(SessionData.of("user", "ada"));
        return session.id().orElseThrow().value();
    }

    @GET
    @Path("/totals")
    public String totals() {
        return Raise.totals(session);
    }

    @POST
    @Path("/renew")
    public void renew() {
        session.renew();
    }

    @POST
    @Path("/log-out")
    public void logOut() {
        session.destroy();
    }

    @POST
    @Path("/blocking/{what}")
    @Blocking
    public String blocking(@PathParam("what") String what) {
        return Raise.one(session, what);
    }

    /** @param gate what to wait for before the session is stored, or null */
    @POST
    @Path("/uni/{what}")
    public Uni<String> uni(@PathParam("what") String what, @QueryParam("gate") String gate) {
        String raised = Raise.one(session, what);
        return gate == null ? Uni.createFrom().item(raised)
                : Uni.createFrom().completionStage(gates.pass(gate)).replaceWith(raised);
    }

    @POST
    @Path("/blocking/ticket")
    @Blocking
    public String blockingTicket() {
        return Raise.ticketAndAwait(session);
    }

    @POST
    @Path("/uni/ticket")
    public Uni<String> uniTicket() {
        return Raise.ticket(session);
    }

    /** The ticket is taken, and then the request fails. What it has changed since then is discarded. */
    @POST
    @Path("/failing/ticket")
    public Uni<RestResponse<String>> failingTicket() {
        return Raise.ticket(session).map(number -> {
            Raise.one(session, "field");
            return RestResponse.status(RestResponse.Status.INTERNAL_SERVER_ERROR, number);
        });
    }

    @POST
    @Path("/administration/{what}")
    @Blocking
    public String administration(@PathParam("what") String what, @QueryParam("id") String id) {
        return told(sessions.update(new SessionId(id), Raise.change(what)));
    }

    @POST
    @Path("/reactive-administration/{what}")
    public Uni<String> reactiveAdministration(@PathParam("what") String what, @QueryParam("id") String id) {
        return reactiveSessions.update(new SessionId(id), Raise.change(what)).map(RestTransactions::told);
    }

    /** Takes tickets while the response is sent. */
    @GET
    @Path("/tickets")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public Multi<String> tickets(@QueryParam("count") int count) {
        return Multi.createBy().concatenating().streams(Multi.createFrom().item("begun"), Multi.createFrom().range(0, count)
                .onItem().transformToUniAndConcatenate(i -> Raise.ticket(session)));
    }

    @GET
    @Path("/late/events/{change}")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public Multi<String> lateEvents(@PathParam("change") String change) {
        return Multi.createBy().concatenating().streams(Multi.createFrom().item("begun"),
                Multi.createFrom().item(change).onItem().transformToUniAndConcatenate(late -> Raise.late(session, late)));
    }

    @GET
    @Path("/late/stream/{change}")
    public StreamingOutput lateStream(@PathParam("change") String change) {
        return out -> {
            out.write("begun, ".getBytes(StandardCharsets.US_ASCII));
            out.flush();
            out.write(Raise.late(session, change).await().indefinitely().getBytes(StandardCharsets.US_ASCII));
        };
    }

    private static String told(boolean updated) {
        return updated ? "updated" : "gone";
    }
}
