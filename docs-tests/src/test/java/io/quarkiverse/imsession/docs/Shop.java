package io.quarkiverse.imsession.docs;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

import com.fasterxml.jackson.core.type.TypeReference;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.ImSessions;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionEvent;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.SessionPage;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.Router;

/**
 * The code of the pages "Use the session", "Security", "Limit the sessions of a user", "A page of devices" and "Native
 * executables".
 */
@Path("/shop")
public class Shop {

    record User(long id, String name) {
    }

    // tag::registered[]
    @RegisterForReflection
    record CartLine(String product, int quantity) {
    }
    // end::registered[]

    record Visit(String user, int views) {
    }

    @Inject
    ImSession session;

    @Inject
    ImSessions sessions;

    @GET
    @Path("read")
    public String read() {
        // tag::read[]
        Optional<User> user = session.data().get("user", User.class);
        List<CartLine> cart = session.data().get("cart", new TypeReference<List<CartLine>>() {
        }).orElse(List.of());
        // end::read[]
        return user.map(User::name).orElse("nobody") + " " + cart;
    }

    @POST
    @Path("visit")
    public int visit() {
        // tag::typed[]
        session.merge(new Visit("ada", 1));
        session.update(Visit.class, visit -> new Visit(visit.user(), visit.views() + 1));
        int views = session.as(Visit.class).views();
        // end::typed[]
        return views;
    }

    @POST
    @Path("change")
    public String change() {
        // tag::change[]
        session.set(SessionData.of("user_id", 1, "state", "pending", "note", "new"));
        session.update(data -> data.with("state", "activated").without("note"));
        // end::change[]
        return session.data().toJson().toString();
    }

    @POST
    @Path("login")
    public void login() {
        logIn(new User(7, "Ada"), true);
        session.update(data -> data.with("cart", List.of(new CartLine("Tea", 2))));
    }

    @POST
    @Path("named")
    public void named() {
        User user = new User(8, "Bert");
        // tag::user-id[]
        session.update(data -> data.with("user", user).with("user_id", user.name()));
        session.renew();
        // end::user-id[]
    }

    // tag::login[]
    void logIn(User user, boolean remember) {
        session.update(data -> data.with("user", user));
        session.renew();
        if (remember) {
            session.touch(Duration.ofDays(30));
        }
    }
    // end::login[]

    @POST
    @Path("logout")
    public void logOut() {
        // tag::logout[]
        session.destroy();
        // end::logout[]
    }

    // tag::flash[]
    @POST
    @Path("order")
    public Response order() {
        session.flash().put("notice", "Thank you for your order");
        return Response.seeOther(URI.create("/shop/orders")).build();
    }

    @GET
    @Path("orders")
    public String orders() {
        return session.flash().get("notice", String.class).orElse("No news");
    }
    // end::flash[]

    @POST
    @Path("confirmed")
    public Response confirmed() {
        // tag::fresh[]
        if (!session.isFresh(Duration.ofMinutes(5))) {
            return Response.seeOther(URI.create("/confirm-password")).build();
        }
        // end::fresh[]
        return Response.ok("Paid").build();
    }

    @POST
    @Path("limited")
    @Blocking
    public Response limited(@FormParam("id") long id) {
        User user = new User(id, "Ada");
        // tag::count[]
        if (sessions.count("user_id", user.id()) >= 3) {
            return devicesPage(sessions.list("user_id", user.id(), 10));
        }
        session.renew();
        session.update(data -> data.with("user_id", user.id()));
        // end::count[]
        return Response.ok("Welcome").build();
    }

    private static Response devicesPage(SessionPage page) {
        return Response.status(409).entity(page.sessions().size() + " devices").build();
    }

    /** A route without a CDI request context, and what is told of refused tokens. */
    @Singleton
    public static class Routes {

        private volatile SessionId alarmed;

        void register(@Observes Router router) {
            // tag::route[]
            router.get("/views").handler(context -> {
                ImSession session = ImSession.of(context);
                session.update(data -> data.with("seen", true));
                context.end();
            });
            // end::route[]
        }

        // tag::rejected[]
        void refused(@ObservesAsync SessionEvent.Rejected event) {
            if (event.reason() == SessionEvent.Rejected.Reason.REPLAYED) {
                event.id().ifPresent(this::alarm);
            }
        }
        // end::rejected[]

        private void alarm(SessionId id) {
            alarmed = id;
        }
    }
}
