package io.quarkiverse.imsession.deployment;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;

import org.jboss.logging.Logger;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.SessionData;
import io.quarkus.arc.ClientProxy;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;

/** Logs the line that a client asks for. */
@Path("/logged")
public class LoggedResource {

    private static final Logger LOG = Logger.getLogger(LoggedResource.class);
    private static final ExecutorService OTHER_THREAD = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        return thread;
    });

    private final ImSession session;

    LoggedResource(ImSession session) {
        this.session = session;
    }

    @GET
    @NonBlocking
    @Path("event-loop")
    public Uni<String> eventLoop(@QueryParam("line") String line) {
        return Uni.createFrom().item(() -> log(line));
    }

    @GET
    @Blocking
    @Path("worker")
    public String worker(@QueryParam("line") String line) {
        return log(line);
    }

    @GET
    @Blocking
    @Path("set")
    public void set(@QueryParam("line") String line) {
        LOG.infof("before %s", line);
        session.set(SessionData.of("line", line));
        LOG.infof("after %s", line);
    }

    @GET
    @Blocking
    @Path("replace")
    public void replace(@QueryParam("line") String line) {
        LOG.infof("before %s", line);
        session.destroy();
        LOG.infof("ended %s", line);
        session.set(SessionData.of("line", line));
        LOG.infof("after %s", line);
    }

    /** On a thread of a pool that others use afterwards. */
    @GET
    @Blocking
    @Path("set-elsewhere")
    public void setElsewhere(@QueryParam("line") String line) {
        ImSession own = ClientProxy.unwrap(session);
        CompletableFuture.runAsync(() -> {
            own.set(SessionData.of("line", line));
            LOG.infof("elsewhere %s", line);
        }, OTHER_THREAD).join();
        CompletableFuture.runAsync(() -> LOG.infof("somebody else %s", line), OTHER_THREAD).join();
        LOG.infof("after %s", line);
    }

    private String log(String line) {
        LOG.infof("%s", line);
        return session.exists() ? session.id().orElseThrow().value() : "";
    }
}
