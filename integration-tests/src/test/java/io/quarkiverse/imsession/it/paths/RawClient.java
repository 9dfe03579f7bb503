package io.quarkiverse.imsession.it.paths;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient.Version;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.quarkiverse.imsession.it.Wire;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;

/** Sends requests with paths as they are, which other clients would normalize or refuse. */
final class RawClient implements AutoCloseable {

    private static final long TIMEOUT_SECONDS = 20;

    private final URI base;
    private final Vertx vertx = Vertx.vertx();
    private final HttpClient http2 = vertx.createHttpClient(
            new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(false));

    RawClient(URI base) {
        this.base = base;
    }

    /** Status and body. */
    String send(Version version, String method, String target, Map<String, String> headers) throws Exception {
        return version == Version.HTTP_2 ? sendHttp2(method, target, headers) : sendHttp1(method, target, headers);
    }

    private String sendHttp1(String method, String target, Map<String, String> headers) throws IOException {
        StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: " + base.getAuthority() + "\r\n");
        headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        if (method.equals("POST")) {
            head.append("Content-Length: 0\r\n");
        }
        try (Wire wire = new Wire(base)) {
            wire.write(head.append("\r\n").toString());
            Wire.Head answer = wire.readHead();
            return answer.status() + " " + new String(wire.readBody(answer), StandardCharsets.UTF_8);
        }
    }

    private String sendHttp2(String method, String target, Map<String, String> headers) throws Exception {
        return http2.request(HttpMethod.valueOf(method), base.getPort(), base.getHost(), target)
                .compose(request -> {
                    headers.forEach(request::putHeader);
                    return request.send();
                })
                .compose(response -> response.body().map(body -> response.statusCode() + " " + body))
                .toCompletionStage().toCompletableFuture().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
