package io.quarkiverse.imsession.it.typed;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.SessionValue;
import io.quarkiverse.imsession.it.typed.Profile.Address;
import io.quarkiverse.imsession.it.typed.Profile.Choice;
import io.quarkiverse.imsession.it.typed.Profile.Topic;

/** The session as a record, and its values injected. */
@Path("/typed")
public class TypedApi {

    @Inject
    ImSession session;

    @Inject
    @SessionValue("user_id")
    Long userId;

    @Inject
    @SessionValue("visits")
    int visits;

    @Inject
    @SessionValue("addresses")
    List<Address> addresses;

    @Inject
    @SessionValue
    Profile profile;

    @POST
    @Path("/set")
    public String set(@QueryParam("user") long user) {
        session.merge(new Profile(user, 0, Optional.of("ada@example.org"), List.of(new Address("Main", Optional.empty())),
                Map.of(Topic.NEWS, new Choice<>(Instant.EPOCH, List.of(Instant.EPOCH)))));
        return session.as(Profile.class).toString();
    }

    @POST
    @Path("/visit")
    public String visit() {
        session.update(Profile.class, Profile::visited);
        return session.as(Profile.class).toString();
    }

    @GET
    @Path("/values")
    public String values() {
        return userId + " " + visits + " " + addresses + " " + (profile.userId() == null ? "nobody" : profile.email());
    }
}
