package io.quarkiverse.imsession.it.csrf;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;

import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.jboss.resteasy.reactive.server.multipart.MultipartFormDataInput;

import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.NonBlocking;

/** Quarkus REST. */
@Path("/forms/rest")
public class RestForms {

    @POST
    @Path("/form")
    @Blocking
    public String form(@RestForm String text) {
        return Received.of(text);
    }

    @POST
    @Path("/form-on-event-loop")
    @NonBlocking
    public String formOnEventLoop(@FormParam(Received.TEXT) String text) {
        return Received.of(text);
    }

    @POST
    @Path("/map")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public String map(MultivaluedMap<String, String> form) {
        return Received.of(form.getFirst(Received.TEXT));
    }

    @POST
    @Path("/parts")
    public String parts(@RestForm String text, @RestForm FileUpload file) throws IOException {
        return Received.of(text, Files.readAllBytes(file.uploadedFile()));
    }

    @POST
    @Path("/parts-by-hand")
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    public String partsByHand(MultipartFormDataInput input) throws IOException {
        return Received.of(input.getValues().get(Received.TEXT).iterator().next().getValue(),
                input.getValues().get(Received.FILE).iterator().next().getFileItem().getInputStream().readAllBytes());
    }

    @POST
    @Path("/bytes")
    public String bytes(byte[] body) {
        return Received.fingerprint(body);
    }

    @POST
    @Path("/stream")
    public String stream(InputStream body) throws IOException {
        return Received.fingerprint(body.readAllBytes());
    }
}
