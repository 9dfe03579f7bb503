package io.quarkiverse.imsession.it.races;

import java.time.Duration;
import java.util.Map;
import java.util.Set;

import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionId;
import io.smallrye.mutiny.Uni;

/** Does one thing with the session, after waiting at a gate if one is named. */
@Path("/races")
@Produces(MediaType.APPLICATION_JSON)
public class RaceEndpoints {

    private final ImSession session;
    private final Gates gates;

    @Inject
    RaceEndpoints(ImSession session, Gates gates) {
        this.session = session;
        this.gates = gates;
    }

    @GET
    @Path("/gates/{name}")
    public int arrived(@PathParam("name") String name) {
        return gates.arrived(name);
    }

    @POST
    @Path("/gates/{name}/open")
    public void open(@PathParam("name") String name) {
        gates.open(name);
    }

    @DELETE
    @Path("/gates/{name}")
    public void remove(@PathParam("name") String name) {
        gates.remove(name);
    }

    @POST
    @Path("/{operation}")
    public Uni<Map<String, Object>> run(@PathParam("operation") String operation, @QueryParam("gate") String gate,
            @QueryParam("field") @DefaultValue("field") String field, @QueryParam("value") @DefaultValue("1") String value) {
        Uni<Void> passed = gate == null ? Uni.createFrom().voidItem() : Uni.createFrom().completionStage(gates.pass(gate));
        return passed.map(ignored -> {
            operate(operation, field, value);
            return Map.of("flash", operation.equals("read-flash") ? session.flash().get(field, String.class).orElse("") : "",
                    "exists", session.exists(), "id", session.id().map(SessionId::value).orElse(""), "data",
                    session.data().asMap());
        });
    }

    /** Stores what the operation has changed, before the response, and then waits at a gate if one is named. */
    @POST
    @Path("/{operation}/commit")
    public Uni<String> commit(@PathParam("operation") String operation, @QueryParam("gate") String gate,
            @QueryParam("field") @DefaultValue("field") String field, @QueryParam("value") @DefaultValue("1") String value) {
        operate(operation, field, value);
        Uni<SessionData> stored = session.commit();
        return (gate == null ? stored : stored.call(data -> Uni.createFrom().completionStage(gates.pass(gate))))
                .replaceWith("stored");
    }

    private void operate(String operation, String field, String value) {
        switch (operation) {
            case "read", "read-flash" -> session.data();
            case "flash" -> session.flash().put(field, value);
            case "set" -> session.update(data -> data.with(field, value));
            case "unset" -> session.update(data -> data.without(field));
            case "login" -> session.login(value, Set.of());
            case "renew" -> session.renew();
            case "touch" -> session.touch();
            case "remember" -> session.touch(Duration.parse(value));
            case "destroy" -> session.destroy();
            case "replace" -> {
                session.destroy();
                session.update(data -> data.with(field, value));
            }
            case "login-anew" -> {
                session.destroy();
                session.login(value, Set.of());
            }
            default -> throw new IllegalArgumentException("No such operation: " + operation);
        }
    }
}
