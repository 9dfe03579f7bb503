package io.quarkiverse.imsession.deployment;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.SessionData;
import io.quarkus.arc.ClientProxy;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.Engine;
import io.quarkus.qute.Template;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.Router;

/** Pages that show the session. */
@Path("/")
public class TemplateResource {

    @Inject
    ImSession session;

    @Inject
    Template plain;

    @Inject
    Engine engine;

    @GET
    @Path("login")
    public void logIn() {
        session.set(SessionData.of("user", new User("<Ada>", Optional.of("Lovelace")), "views", 7,
                "cart", List.of(new Line("Tea", 2), new Line("Honey", 1))));
    }

    @GET
    @Path("flash")
    public void flash() {
        session.flash().put("notice", "<Saved>");
        session.flash().put("lines", List.of(new Line("Tea", 2)));
    }

    @GET
    @Path("checked")
    public TemplateInstance checked() {
        return Templates.page(1);
    }

    @GET
    @Path("checked/worker")
    @Blocking
    public String onWorker() {
        return Templates.page(1).render();
    }

    @GET
    @Path("checked/multi")
    public Multi<String> multi() {
        return Templates.page(1).createMulti();
    }

    /** The values are read before the response begins. */
    @GET
    @Path("checked/multi-read-before")
    public Multi<String> multiReadBefore() {
        session.flash().names().forEach(name -> session.flash().get(name, Object.class));
        return Templates.page(1).createMulti();
    }

    @GET
    @Path("plain")
    public TemplateInstance plain() {
        return plain.instance();
    }

    /** What stands before the session in the template comes from another thread, which goes on with it. */
    @GET
    @Path("later")
    public Uni<String> later() {
        CompletableFuture<String> thread = new CompletableFuture<>();
        Uni<String> page = Uni.createFrom().completionStage(
                engine.parse("{thread}: {session:views}{#csrf /}{flash:notice}").data("thread", thread).renderAsync());
        new Thread(() -> thread.complete(Thread.currentThread().getName()), "elsewhere").start();
        return page;
    }

    @GET
    @Path("render")
    public String render(@QueryParam("template") String template) {
        return engine.parse(template).render();
    }

    /** On a thread that knows of no request. */
    @GET
    @Path("outside")
    public Uni<String> outside(@QueryParam("template") String template) {
        return elsewhere(() -> engine.parse(template).render());
    }

    @GET
    @Path("handed-over")
    public Uni<String> handedOver(@QueryParam("template") String template) {
        ImSession own = ClientProxy.unwrap(session);
        return elsewhere(() -> engine.parse(template).instance().setAttribute(ImSession.class.getName(), own).render());
    }

    /** Where there is no CDI request context. */
    void route(@Observes Router router) {
        router.get("/vertx").handler(context -> context.end(engine.parse("{session:views}").instance()
                .setAttribute(ImSession.class.getName(), ImSession.of(context)).render()));
    }

    private static Uni<String> elsewhere(Supplier<String> rendering) {
        return Uni.createFrom().completionStage(CompletableFuture.supplyAsync(rendering, task -> new Thread(task).start()))
                .onFailure().recoverWithItem(TemplateResource::describe);
    }

    private static String describe(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    /** In the session. */
    public record User(String name, Optional<String> family) {
    }

    /** In the session. */
    public record Line(String product, int quantity) {
    }

    @CheckedTemplate(basePath = "")
    static class Templates {

        static native TemplateInstance page(int number);

        private Templates() {
        }
    }
}
