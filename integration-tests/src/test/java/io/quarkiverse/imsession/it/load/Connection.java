package io.quarkiverse.imsession.it.load;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

import io.quarkiverse.imsession.it.Wire;

/** A connection that is kept alive, for one request after the other. It connects when it has to. */
final class Connection implements AutoCloseable {

    private final URI base;
    private Wire wire;

    Connection(URI base) {
        this.base = base;
    }

    Answer get(String path, String token) throws IOException {
        return call("GET", path, token);
    }

    Answer post(String path, String token) throws IOException {
        return call("POST", path, token);
    }

    /** @param token null for none */
    Answer call(String method, String path, String token) throws IOException {
        if (wire == null) {
            wire = new Wire(base);
        }
        try {
            wire.write(request(wire, method, path, token));
            Wire.Head head = wire.readHead();
            return Answer.of(head, wire.readBody(head));
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /** A whole request without a body. */
    static String request(Wire wire, String method, String path, String token) {
        List<String> headers = new ArrayList<>();
        if (!method.equals("GET")) {
            headers.add("Content-Length: 0");
        }
        if (token != null) {
            headers.add(Answer.header(token));
        }
        return wire.request(method, path, "HTTP/1.1", headers.toArray(String[]::new));
    }

    @Override
    public void close() throws IOException {
        Wire old = wire;
        wire = null;
        if (old != null) {
            old.close();
        }
    }
}
