package io.quarkiverse.imsession.test.hostile;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Sends many requests at once on one connection, and reads the answers. When the server closes the connection, as it does
 * after a request that is no HTTP, the requests after that one are sent on another connection.
 */
final class PipelinedHttp implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 20_000;

    private final String host;
    private final int port;
    private Socket socket;
    private InputStream in;
    private OutputStream out;

    PipelinedHttp(String host, int port) {
        this.host = host;
        this.port = port;
    }

    /** One answer for each request. */
    List<Answer> send(List<HostileRequest> requests) throws IOException {
        List<Answer> answers = new ArrayList<>(requests.size());
        int unanswered = 0;
        while (answers.size() < requests.size()) {
            int before = answers.size();
            exchange(requests.subList(before, requests.size()), answers);
            unanswered = answers.size() > before ? 0 : unanswered + 1;
            // The server may have closed an idle connection a moment ago.
            if (unanswered > 1) {
                throw new AssertionError("The connection was closed without an answer to\n" + requests.get(before));
            }
        }
        return answers;
    }

    private void exchange(List<HostileRequest> requests, List<Answer> answers) throws IOException {
        connect();
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            for (HostileRequest request : requests) {
                bytes.write(request.bytes());
            }
            out.write(bytes.toByteArray());
            out.flush();
        } catch (IOException e) {
            // Closed while it was written: there are answers nevertheless, or none.
        }
        for (int i = 0; i < requests.size(); i++) {
            Answer answer;
            try {
                answer = read();
            } catch (EOFException | java.net.SocketException e) {
                close();
                return;
            }
            answers.add(answer);
            if ("close".equalsIgnoreCase(answer.headers().get("connection")) || answer.status() == 400) {
                close();
                return;
            }
        }
    }

    private void connect() throws IOException {
        if (socket == null) {
            socket = new Socket(host, port);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.setTcpNoDelay(true);
            in = new BufferedInputStream(socket.getInputStream());
            out = socket.getOutputStream();
        }
    }

    private Answer read() throws IOException {
        int status = Integer.parseInt(line().split(" ")[1]);
        Map<String, String> headers = new HashMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).trim());
        }
        if (status < 200) {
            return read();
        }
        return new Answer(status, headers, body(status, headers));
    }

    private String body(int status, Map<String, String> headers) throws IOException {
        if (status == 204 || status == 304) {
            return "";
        }
        if ("chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
            StringBuilder body = new StringBuilder();
            for (int size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
                body.append(bytes(size));
                line();
            }
            line();
            return body.toString();
        }
        return bytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
    }

    private String bytes(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException();
        }
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException();
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        if (socket != null) {
            socket.close();
            socket = null;
        }
    }

    /** @param headers names in lower case */
    record Answer(int status, Map<String, String> headers, String body) {
    }
}
