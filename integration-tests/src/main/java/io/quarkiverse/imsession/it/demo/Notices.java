package io.quarkiverse.imsession.it.demo;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import io.quarkiverse.imsession.SessionEvent.NewClient;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * The newest log-ins from new clients. The demo has no mail, and lets everybody log in as anybody: an application would send
 * each of these to its user, and show it to nobody else.
 */
@Path("/api/notices")
@Singleton
public class Notices {

    private static final int MOST = 100;

    private final Deque<Notice> newest = new ArrayDeque<>();

    synchronized void keep(@ObservesAsync NewClient login) {
        if (newest.size() == MOST) {
            newest.removeLast();
        }
        newest.addFirst(new Notice(login.id().value(), login.first(), login.link()));
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public synchronized List<Notice> newest() {
        return List.copyOf(newest);
    }

    /** A log-in, and the path of a page that ends it. */
    @RegisterForReflection
    record Notice(String id, boolean first, String link) {
    }
}
