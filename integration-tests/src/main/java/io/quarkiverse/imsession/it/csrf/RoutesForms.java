package io.quarkiverse.imsession.it.csrf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.vertx.web.Body;
import io.quarkus.vertx.web.Route;
import io.quarkus.vertx.web.RouteBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;

/** Reactive routes. Quarkus reads the body for them. */
@ApplicationScoped
@RouteBase(path = "/forms/routes")
public class RoutesForms {

    @Route(path = "form", methods = Route.HttpMethod.POST)
    String form(RoutingContext context, @Body Buffer ignored) {
        return Received.of(context.request().getFormAttribute(Received.TEXT));
    }

    @Route(path = "parts", methods = Route.HttpMethod.POST, type = Route.HandlerType.BLOCKING)
    String parts(RoutingContext context, @Body Buffer ignored) throws IOException {
        return Received.of(context.request().getFormAttribute(Received.TEXT),
                Files.readAllBytes(Path.of(context.fileUploads().iterator().next().uploadedFileName())));
    }

    @Route(path = "bytes", methods = Route.HttpMethod.POST)
    String bytes(@Body Buffer body) {
        return Received.fingerprint(body.getBytes());
    }
}
