package io.quarkiverse.imsession.it.csrf;

import jakarta.enterprise.event.Observes;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.FileUpload;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;

/** Plain Vert.x routes, with a body handler of their own and without. */
final class VertxForms {

    private static final String ROOT = "/forms/vertx/";

    void init(@Observes Router router) {
        BodyHandler bodyHandler = BodyHandler.create(System.getProperty("java.io.tmpdir")).setDeleteUploadedFilesOnEnd(true);
        router.post(ROOT + "form").handler(bodyHandler)
                .handler(context -> context.end(Received.of(context.request().getFormAttribute(Received.TEXT))));
        router.post(ROOT + "parts").handler(bodyHandler).handler(VertxForms::parts);
        router.post(ROOT + "merged").handler(bodyHandler)
                .handler(context -> context.end(Received.of(context.request().getParam(Received.TEXT))));
        router.post(ROOT + "parts-by-hand").handler(VertxForms::partsByHand);
        router.post(ROOT + "form-by-hand").handler(VertxForms::formByHand);
        router.post(ROOT + "bytes").handler(context -> {
            context.request().bodyHandler(body -> context.end(Received.fingerprint(body.getBytes())));
            context.request().resume();
        });
        router.post(ROOT + "chunks").handler(VertxForms::chunks);
        router.post(ROOT + "later").handler(VertxForms::later);
        router.post(ROOT + "ignored").handler(context -> context.end("not read"));
        router.post(ROOT + "begin").handler(context -> context.response().setChunked(true).write("begun "));
    }

    private static void parts(RoutingContext context) {
        FileUpload file = context.fileUploads().get(0);
        context.vertx().fileSystem().readFile(file.uploadedFileName())
                .onSuccess(content -> context
                        .end(Received.of(context.request().getFormAttribute(Received.TEXT), content.getBytes())))
                .onFailure(context::fail);
    }

    private static void partsByHand(RoutingContext context) {
        HttpServerRequest request = context.request();
        Buffer content = Buffer.buffer();
        request.setExpectMultipart(true);
        request.uploadHandler(upload -> upload.handler(content::appendBuffer));
        request.endHandler(
                ignored -> context.end(Received.of(request.getFormAttribute(Received.TEXT), content.getBytes())));
        request.resume();
    }

    /** Sets a handler only, which lets the request flow in Quarkus. */
    private static void formByHand(RoutingContext context) {
        HttpServerRequest request = context.request();
        request.setExpectMultipart(true);
        request.endHandler(ignored -> context.end(Received.of(request.formAttributes().get(Received.TEXT))));
    }

    /** Asks for one chunk after the other. */
    private static void chunks(RoutingContext context) {
        HttpServerRequest request = context.request();
        Buffer body = Buffer.buffer();
        request.pause();
        request.handler(chunk -> {
            body.appendBuffer(chunk);
            context.vertx().runOnContext(ignored -> request.fetch(1));
        });
        request.endHandler(ignored -> context.end(Received.fingerprint(body.getBytes())));
        request.fetch(1);
    }

    /** Reads when more than the beginning has long arrived. */
    private static void later(RoutingContext context) {
        context.vertx().setTimer(50, ignored -> {
            context.request().body().onSuccess(body -> context.end(Received.fingerprint(body.getBytes())));
            context.request().resume();
        });
    }
}
