package io.quarkiverse.imsession.it.browser;

import java.util.Set;

import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;

import io.quarkiverse.imsession.ImSession;

/** Logs users in whom the page of devices knows. */
@Path("/account/enter")
public class Account {

    private final ImSession session;

    Account(ImSession session) {
        this.session = session;
    }

    @POST
    public void enter(@QueryParam("user") String user) {
        session.login(user, Set.of());
    }
}
