package io.quarkiverse.imsession.it.oidc;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;

import io.quarkiverse.imsession.SessionEvent.NewClient;

/**
 * The links of notices, by the ids of their sessions. An application would send each of them to its user, and show it to
 * nobody.
 */
@Path("/notices")
@Singleton
public class Notices {

    private final Map<String, String> links = new ConcurrentHashMap<>();

    void keep(@ObservesAsync NewClient login) {
        links.put(login.id().value(), login.link());
    }

    @GET
    public String link(@QueryParam("session") String session) {
        return links.getOrDefault(session, "");
    }
}
