package io.quarkiverse.imsession.deployment;

import java.util.List;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionValue;

/** Has values of the session injected in all ways that there are. A resource without a scope. */
@Path("/values")
public class ValueResource {

    record Visit(String user, int views) {
    }

    record Item(String name) {
    }

    record Pair<T>(T first, T second) {
    }

    @Inject
    ImSession session;

    @Inject
    Values values;

    @SessionValue("user_id")
    Long userId;

    @Inject
    @SessionValue
    Visit visit;

    private final Optional<Long> optional;
    private final Longer longer;

    ValueResource(@SessionValue("user_id") Optional<Long> optional, Longer longer) {
        this.optional = optional;
        this.longer = longer;
    }

    @GET
    public String values() {
        return "userId=" + userId + " optional=" + optional.map(String::valueOf).orElse("none") + " visit=" + visit + " "
                + values.text() + " longer=" + longer.text();
    }

    @GET
    @Path("/set")
    public String set(@QueryParam("user") long user) {
        session.set(SessionData.of("user_id", user, "user", "ada", "views", 3, "items", List.of(new Item("Tea"))).with("pair",
                new Pair<>("a", "b")));
        // The value is as of the injection, a lookup is as of now.
        return "userId=" + userId + " longer=" + longer.text();
    }

    @GET
    @Path("/wrong")
    public String wrong() {
        session.set(SessionData.of("user_id", "secret"));
        return longer.text();
    }

    @RequestScoped
    static class Values {

        @SessionValue("views")
        int views;

        @SessionValue("items")
        List<Item> items;

        @SessionValue("pair")
        Optional<Pair<String>> pair;

        @Inject
        Part part;

        String text() {
            return "views=" + views + " items=" + items + " pair=" + pair.map(Pair::second).orElse("none") + " part="
                    + part.userId;
        }
    }

    @Dependent
    static class Part {

        @SessionValue("user_id")
        Long userId;
    }

    @ApplicationScoped
    static class Longer {

        @SessionValue("user_id")
        Instance<Long> userId;

        String text() {
            return String.valueOf(userId.get());
        }
    }
}
