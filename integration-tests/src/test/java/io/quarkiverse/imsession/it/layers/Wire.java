package io.quarkiverse.imsession.it.layers;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** HTTP/1 on a plain socket, for what clients do not show. */
final class Wire implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 20_000;

    private final String path;
    private final Socket socket;
    private final InputStream in;

    Wire(URI base) throws IOException {
        path = base.getPath();
        socket = new Socket(base.getHost(), base.getPort());
        socket.setSoTimeout(TIMEOUT_MILLIS);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** The head of a request, with what follows the method, path and version. */
    String get(String relative, String version, String... headers) {
        StringBuilder request = new StringBuilder("GET ").append(path).append(relative).append(' ').append(version)
                .append("\r\nHost: localhost\r\n");
        for (String header : headers) {
            request.append(header).append("\r\n");
        }
        return request.append("\r\n").toString();
    }

    void write(String text) throws IOException {
        write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    void write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    /** Reads the status line and headers. */
    Head readHead() throws IOException {
        String status = readLine();
        List<String> headers = new ArrayList<>();
        for (String line = readLine(); !line.isEmpty(); line = readLine()) {
            headers.add(line);
        }
        return new Head(Integer.parseInt(status.split(" ")[1]), headers);
    }

    byte[] read(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("The server closed the connection");
        }
        return bytes;
    }

    byte[] readToEnd() throws IOException {
        return in.readAllBytes();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private String readLine() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("The server closed the connection");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    record Head(int status, List<String> headers) {

        /** The values of a header. */
        List<String> all(String name) {
            String prefix = name.toLowerCase(Locale.ROOT) + ":";
            return headers.stream().filter(header -> header.toLowerCase(Locale.ROOT).startsWith(prefix))
                    .map(header -> header.substring(prefix.length()).trim()).toList();
        }

        int contentLength() {
            return Integer.parseInt(all("Content-Length").get(0));
        }
    }
}
