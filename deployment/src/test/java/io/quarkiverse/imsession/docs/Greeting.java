package io.quarkiverse.imsession.docs;

import java.util.Optional;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import io.quarkiverse.imsession.SessionValue;

// tag::class[]
@Path("/greeting")
public class Greeting {

    @Inject
    @SessionValue("user")
    Optional<String> user;

    @Inject
    @SessionValue
    Visit visit;

    @GET
    public String greet() {
        return "Hello " + user.orElse("stranger") + ", visit " + visit.views();
    }
}
// end::class[]
