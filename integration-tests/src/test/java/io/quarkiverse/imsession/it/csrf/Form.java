package io.quarkiverse.imsession.it.csrf;

import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** The body of a form, with its type. */
record Form(String contentType, byte[] body) {

    private static final String BOUNDARY = "----boundary-of-a-test";

    /** @param namesAndValues field after field */
    static Form urlEncoded(String... namesAndValues) {
        StringBuilder body = new StringBuilder();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            body.append(i == 0 ? "" : "&").append(namesAndValues[i]).append('=')
                    .append(URLEncoder.encode(namesAndValues[i + 1], StandardCharsets.UTF_8));
        }
        return new Form("application/x-www-form-urlencoded", body.toString().getBytes(StandardCharsets.US_ASCII));
    }

    static Parts parts() {
        return new Parts();
    }

    static final class Parts {

        private final ByteArrayOutputStream body = new ByteArrayOutputStream();

        Parts text(String name, String value) {
            return part("name=\"" + name + "\"\r\n", value.getBytes(StandardCharsets.UTF_8));
        }

        Parts file(String name, byte[] content) {
            return part("name=\"" + name + "\"; filename=\"f.bin\"\r\nContent-Type: application/octet-stream\r\n", content);
        }

        Form end() {
            body.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.US_ASCII));
            return unfinished();
        }

        Form unfinished() {
            return new Form("multipart/form-data; boundary=" + BOUNDARY, body.toByteArray());
        }

        private Parts part(String head, byte[] content) {
            body.writeBytes(("--" + BOUNDARY + "\r\nContent-Disposition: form-data; " + head + "\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            body.writeBytes(content);
            body.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
            return this;
        }
    }
}
