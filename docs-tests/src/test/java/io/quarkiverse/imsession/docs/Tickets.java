package io.quarkiverse.imsession.docs;

import java.util.List;
import java.util.stream.Stream;

import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import com.fasterxml.jackson.core.type.TypeReference;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.ImSessions;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionId;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** The code of the page "Updates that are never lost". */
@Path("/tickets")
public class Tickets {

    @Inject
    ImSession session;

    @Inject
    ImSessions sessions;

    // tag::count[]
    @POST
    @Path("count")
    public void count() {
        session.update(data -> data.with("count", data.get("count", Integer.class).orElse(0) + 1));
    }
    // end::count[]

    // tag::cart[]
    @POST
    @Path("cart")
    public void add(String product) {
        session.update(data -> data.with("cart", and(cart(data), product)));
    }
    // end::cart[]

    private static List<String> cart(SessionData data) {
        return data.get("cart", new TypeReference<List<String>>() {
        }).orElse(List.of());
    }

    private static List<String> and(List<String> products, String product) {
        return Stream.concat(products.stream(), Stream.of(product)).toList();
    }

    // tag::ticket[]
    @POST
    public Uni<Integer> ticket() {
        session.update(Tickets::next);
        return session.commit().map(Tickets::number);
    }

    @POST
    @Path("blocking")
    public int blockingTicket() {
        session.update(Tickets::next);
        return number(session.commitAndAwait());
    }

    private static SessionData next(SessionData data) {
        return data.with("ticket", number(data) + 1);
    }

    private static int number(SessionData data) {
        return data.get("ticket", Integer.class).orElse(0);
    }
    // end::ticket[]

    // tag::seat[]
    @POST
    @Path("seat")
    public Uni<Boolean> takeLastSeat(String buyer) {
        session.update(data -> data.contains("buyer") ? data : data.with("buyer", buyer));
        return session.commit().map(data -> data.get("buyer", String.class).orElseThrow().equals(buyer));
    }
    // end::seat[]

    // tag::stream[]
    @POST
    @Path("stream")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public Multi<Integer> stream() {
        session.update(Tickets::next);
        return Multi.createFrom().range(0, 10).onItem().transformToUniAndConcatenate(item -> {
            session.update(Tickets::next);
            return session.commit().map(Tickets::number);
        });
    }
    // end::stream[]

    @POST
    @Path("elsewhere")
    public boolean elsewhere(String id) {
        // tag::elsewhere[]
        boolean exists = sessions.update(new SessionId(id), Tickets::next);
        // end::elsewhere[]
        return exists;
    }
}
