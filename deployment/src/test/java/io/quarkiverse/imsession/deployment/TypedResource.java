package io.quarkiverse.imsession.deployment;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;

import com.fasterxml.jackson.annotation.JsonProperty;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionRecord;

/** Uses the session as records, none of which is public. */
@Path("/typed")
public class TypedResource {

    record Visit(String user, int views) {
    }

    record Line(Product product, int quantity) {
    }

    record Product(String name, Optional<Colour> colour) {
    }

    enum Colour {
        RED,
        GREEN
    }

    record Cart(@JsonProperty("cart_lines") List<Line> lines, Map<Colour, Instant> seen) {
    }

    @SessionRecord
    record Declared(long number) {
    }

    record NotFound(long number) {
    }

    @Inject
    ImSession session;

    @GET
    @Path("/visit")
    public String visit() {
        return session.as(Visit.class).toString();
    }

    @GET
    @Path("/set")
    public String set(@QueryParam("user") String user, @QueryParam("views") int views) {
        session.merge(new Visit(user, views));
        return visit();
    }

    @GET
    @Path("/count")
    public String count() {
        session.update(Visit.class, v -> new Visit(v.user(), v.views() + 1));
        return visit();
    }

    @GET
    @Path("/cart")
    public String cart() {
        session.update(Cart.class, cart -> new Cart(
                List.of(new Line(new Product("Tea", Optional.of(Colour.GREEN)), 2)), Map.of(Colour.RED, Instant.EPOCH)));
        return session.as(Cart.class).toString();
    }

    @GET
    @Path("/empty")
    public String empty() {
        session.merge(new Cart(List.of(), Map.of()));
        session.update(Cart.class, cart -> cart);
        return String.valueOf(session.exists());
    }

    @GET
    @Path("/nothing")
    public String nothing() {
        session.merge(new Visit(null, 0));
        session.update(Visit.class, visit -> visit);
        return String.valueOf(session.exists());
    }

    @GET
    @Path("/untyped")
    public String untyped() {
        session.update(data -> data.with("views", data.get("views", Integer.class).orElse(0) + 10).with("note", "kept"));
        return session.data().toJson().toString();
    }

    @GET
    @Path("/unknown")
    public String unknown() {
        return generic(Declared.class) + " " + message(NotFound.class);
    }

    private <T extends Record> T generic(Class<T> type) {
        return SessionData.of("number", 7).as(type);
    }

    private String message(Class<? extends Record> type) {
        try {
            return generic(type).toString();
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }
}
