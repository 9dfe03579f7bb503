package io.quarkiverse.imsession.it.paths;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

import io.quarkiverse.imsession.ImSession;

/** Quarkus REST. */
@Path(Told.ROOT + "rest")
public class RestPaths {

    @Inject
    ImSession session;

    @POST
    @Path("transfer")
    public String transfer() {
        return Told.TRANSFER;
    }

    @POST
    @Path("hooks/{name:.*}")
    public String hooks() {
        return Told.HOOK;
    }

    @POST
    @Path("hook")
    public String hook() {
        return Told.HOOK;
    }

    @GET
    @Path("account")
    public String account() {
        return Told.account(session);
    }

    @GET
    @Path("public/{name:.*}")
    public String open() {
        return Told.PUBLIC;
    }
}
