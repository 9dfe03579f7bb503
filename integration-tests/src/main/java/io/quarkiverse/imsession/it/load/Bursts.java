package io.quarkiverse.imsession.it.load;

import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import jakarta.inject.Singleton;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import io.quarkiverse.imsession.spi.SessionStore;
import io.quarkiverse.imsession.spi.SessionToken;
import io.quarkiverse.imsession.spi.StoredSession;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;

/** Asks for many sessions, which are not there, in one turn of an event loop: as requests do that arrive together. */
@Path("/load/burst")
@Singleton
public class Bursts {

    private static final int SESSIONS = 100;

    private final SecureRandom random = new SecureRandom();
    private final SessionStore store;

    Bursts(SessionStore store) {
        this.store = store;
    }

    /** How many sessions were asked for. */
    @POST
    @Produces(MediaType.TEXT_PLAIN)
    @NonBlocking
    public Uni<Integer> load() {
        List<CompletableFuture<StoredSession>> asked = Stream.generate(() -> SessionToken.generate(random).id()).limit(SESSIONS)
                .map(id -> store.load(id).toCompletableFuture()).toList();
        return Uni.createFrom().completionStage(CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new)))
                .replaceWith(asked.size());
    }
}
