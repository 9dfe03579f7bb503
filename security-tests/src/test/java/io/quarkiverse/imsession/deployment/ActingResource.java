package io.quarkiverse.imsession.deployment;

import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;

import org.jboss.logging.MDC;

import io.quarkiverse.imsession.FreshlyAuthenticated;
import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.SessionEvent;
import io.quarkus.security.identity.SecurityIdentity;

/** Whatever can be asked of a session in which somebody acts, without the guards of an application. */
@Path("/acting")
public class ActingResource {

    private final ImSession session;
    private final SecurityIdentity identity;

    ActingResource(ImSession session, SecurityIdentity identity) {
        this.session = session;
        this.identity = identity;
    }

    @GET
    @Path("begin")
    public void begin(@QueryParam("user") String user, @QueryParam("role") String role, @QueryParam("reason") String reason) {
        session.actAs(user, role == null ? Set.of() : Set.of(role), reason == null ? "ticket 4711" : reason);
    }

    @GET
    @Path("end")
    public void end() {
        session.endActing();
    }

    /** Who acts, as the session, the identity and the log have it. */
    @GET
    @Path("actor")
    public String actor() {
        return session.actor().orElse("-") + ' ' + identity.getAttributes().getOrDefault(ImSession.ACTED_BY, "-") + ' '
                + (MDC.get("actor") == null ? "-" : MDC.get("actor"));
    }

    @GET
    @Path("fresh")
    @FreshlyAuthenticated("1H")
    public String fresh() {
        return "fresh";
    }

    @GET
    @Path("renew")
    public void renew() {
        session.renew();
    }

    @GET
    @Path("login-again")
    public void logInAgain() {
        session.login(identity);
    }

    /** What was told of those who act. */
    @Singleton
    public static class Told {

        final Queue<SessionEvent> events = new ConcurrentLinkedQueue<>();

        void began(@ObservesAsync SessionEvent.ActingBegan event) {
            events.add(event);
        }

        void ended(@ObservesAsync SessionEvent.ActingEnded event) {
            events.add(event);
        }
    }
}
