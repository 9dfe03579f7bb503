package io.quarkiverse.imsession.deployment;

import static io.restassured.RestAssured.given;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.ImSessions;
import io.quarkiverse.imsession.SessionClient;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionId;
import io.quarkus.arc.Arc;
import io.restassured.specification.RequestSpecification;
import io.vertx.ext.web.Router;

/** Makes, changes, renews and names sessions, and tells what they keep of their clients. */
@Singleton
public class ClientRoutes {

    @Inject
    ImSessions sessions;

    void register(@Observes Router router) {
        router.get("/make").handler(context -> {
            ImSession.of(context).set(SessionData.of("views", 0));
            context.end();
        });
        router.get("/change").handler(context -> {
            ImSession.of(context).update(data -> data.with("views", 1));
            context.end();
        });
        router.get("/renew").handler(context -> {
            ImSession.of(context).renew();
            context.end();
        });
        router.get("/label").handler(context -> {
            try {
                ImSession.of(context).label(context.request().getParam("value"));
                context.end();
            } catch (IllegalArgumentException e) {
                context.response().setStatusCode(400).end(e.getMessage());
            }
        });
    }

    /** What the session of a token keeps of its client. */
    static SessionClient client(String token) {
        SessionId id = new SessionId(token.substring(0, SessionId.LENGTH));
        return Arc.container().instance(ClientRoutes.class).get().sessions.get(id).orElseThrow().client();
    }

    /** The token of a session that such a request makes. */
    static String make(RequestSpecification request) {
        return Client.token(request.get("/make"));
    }

    /** A request that says to be forwarded for an address. */
    static RequestSpecification forwardedFor(String address) {
        return given().header("X-Forwarded-For", address);
    }
}
