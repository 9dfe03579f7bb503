package io.quarkiverse.imsession.it.journal;

import java.util.List;
import java.util.Set;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.ImSessions;
import io.quarkiverse.imsession.JournalEntry;
import io.quarkiverse.imsession.ReactiveImSessions;
import io.quarkiverse.imsession.SessionId;
import io.quarkus.security.UnauthorizedException;
import io.smallrye.mutiny.Uni;

/** The journal of a user, and what administrators and support staff do to the user's sessions. */
@Path("/journal")
@Produces(MediaType.APPLICATION_JSON)
public class JournalEndpoints {

    private final ImSession session;
    private final ImSessions sessions;
    private final ReactiveImSessions reactive;

    JournalEndpoints(ImSession session, ImSessions sessions, ReactiveImSessions reactive) {
        this.session = session;
        this.sessions = sessions;
        this.reactive = reactive;
    }

    @GET
    public Uni<List<View>> newest(@QueryParam("user") String user, @QueryParam("most") @DefaultValue("10000") int most) {
        return reactive.journal(ImSession.PRINCIPAL, user, most).map(entries -> entries.stream().map(View::of).toList());
    }

    // tag::read[]
    @GET
    @Path("mine")
    public List<View> mine() {
        String user = session.principal().orElseThrow(UnauthorizedException::new);
        return sessions.journal(ImSession.PRINCIPAL, user, 20).stream().map(View::of).toList();
    }
    // end::read[]

    @GET
    @Path("all")
    public List<View> all(@QueryParam("user") String user) {
        return sessions.journal(ImSession.PRINCIPAL, user).stream().map(View::of).toList();
    }

    // tag::erase[]
    @DELETE
    public boolean erase(@QueryParam("user") String user) {
        sessions.destroyAll(ImSession.PRINCIPAL, user);
        return sessions.eraseJournal(ImSession.PRINCIPAL, user);
    }
    // end::erase[]

    @POST
    @Path("end")
    public boolean end(@QueryParam("id") String id) {
        return sessions.destroy(new SessionId(id));
    }

    @POST
    @Path("end-all")
    public long endAll(@QueryParam("user") String user) {
        return sessions.destroyAll(ImSession.PRINCIPAL, user);
    }

    @POST
    @Path("support")
    public void enterAsSupport(@QueryParam("user") String user) {
        session.login(user, Set.of("support"));
    }

    @POST
    @Path("act")
    public void actFor(@QueryParam("user") String user) {
        session.actAs(user, Set.of(), "ticket 4711");
    }

    // tag::view[]
    /** An entry, as JSON. */
    public record View(String time, String kind, String session, String cause, String address, String userAgent,
            String actor) {

        static View of(JournalEntry entry) {
            return new View(entry.time().toString(), entry.kind().name(), entry.sessionId().value(), entry.cause().name(),
                    entry.address().orElse(null), entry.userAgent().orElse(null), entry.actor().orElse(null));
        }
    }
    // end::view[]
}
