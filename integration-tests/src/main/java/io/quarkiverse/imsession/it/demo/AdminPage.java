package io.quarkiverse.imsession.it.demo;

import java.net.URI;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.jboss.resteasy.reactive.Cache;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

import io.quarkiverse.imsession.FreshlyAuthenticated;
import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.ReactiveImSessions;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.UnauthorizedException;
import io.smallrye.mutiny.Uni;

/** The administration for browsers. Whoever is not logged in, or too long ago, is sent to the form. */
@Path("/")
public class AdminPage {

    private final Visitor visitor;
    private final Passwords passwords;
    private final ReactiveImSessions sessions;

    AdminPage(Visitor visitor, Passwords passwords, ReactiveImSessions sessions) {
        this.visitor = visitor;
        this.passwords = passwords;
        this.sessions = sessions;
    }

    @GET
    @Path("admin")
    @Cache(noStore = true)
    @RolesAllowed(AdminApi.ROLE)
    @Produces(MediaType.TEXT_HTML)
    public Uni<TemplateInstance> page() {
        return sessions.count().map(count -> Templates.page(visitor.theme(), count));
    }

    @GET
    @Path("admin-login")
    @Cache(noStore = true)
    @Produces(MediaType.TEXT_HTML)
    public TemplateInstance form() {
        return Templates.login(visitor.theme());
    }

    @POST
    @Path("admin-login")
    public Uni<Response> logIn(@FormParam("user") String user, @FormParam("password") String password) {
        return passwords.logIn(user, password).replaceWith(AdminPage::back);
    }

    /** Logs a user out everywhere. */
    @POST
    @Path("admin/logout")
    @RolesAllowed(AdminApi.ROLE)
    @FreshlyAuthenticated("5M")
    public Uni<Response> logOut(@FormParam("user") String user) {
        return sessions.destroyAll(ImSession.PRINCIPAL, Input.name(user)).replaceWith(AdminPage::back);
    }

    @ServerExceptionMapper
    public Response toLogIn(UnauthorizedException unauthorized) {
        return Response.seeOther(URI.create("/admin-login")).build();
    }

    private static Response back() {
        return Response.seeOther(URI.create("/admin")).build();
    }

    @CheckedTemplate
    static final class Templates {

        private Templates() {
        }

        static native TemplateInstance page(Theme theme, long sessions);

        static native TemplateInstance login(Theme theme);
    }
}
