package io.quarkiverse.imsession.it.browser;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;

import io.quarkiverse.imsession.SessionEvent.NewClient;

/** The link of the newest notice of a user, which an application would send by mail. */
@Path("/mailbox")
@Singleton
public class Mailbox {

    private final Map<String, String> links = new ConcurrentHashMap<>();

    void keep(@ObservesAsync NewClient login) {
        links.put(login.principal(), login.link());
    }

    @GET
    public String newest(@QueryParam("user") String user) {
        return links.getOrDefault(user, "");
    }
}
