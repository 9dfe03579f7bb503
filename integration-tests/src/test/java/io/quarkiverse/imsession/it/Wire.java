package io.quarkiverse.imsession.it;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
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
public final class Wire implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 120_000;

    private final String path;
    private final Socket socket;
    private final InputStream in;

    public Wire(URI base) throws IOException {
        path = base.getPath();
        socket = new Socket(base.getHost(), base.getPort());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** The head of a request, with what follows the method, path and version. */
    public String get(String relative, String version, String... headers) {
        return request("GET", relative, version, headers);
    }

    /** The head of a request of any method. */
    public String request(String method, String relative, String version, String... headers) {
        StringBuilder request = new StringBuilder(method).append(' ').append(path).append(relative).append(' ').append(version)
                .append("\r\nHost: localhost\r\n");
        for (String header : headers) {
            request.append(header).append("\r\n");
        }
        return request.append("\r\n").toString();
    }

    public void write(String text) throws IOException {
        write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    public void write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    /** Reads the status line and headers. */
    public Head readHead() throws IOException {
        String status = readLine();
        List<String> headers = new ArrayList<>();
        for (String line = readLine(); !line.isEmpty(); line = readLine()) {
            headers.add(line);
        }
        return new Head(Integer.parseInt(status.split(" ")[1]), headers);
    }

    public byte[] read(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("The server closed the connection");
        }
        return bytes;
    }

    public byte[] readToEnd() throws IOException {
        return in.readAllBytes();
    }

    /** Reads what follows a head, whichever way its length is told. */
    public byte[] readBody(Head head) throws IOException {
        if (head.all("Transfer-Encoding").isEmpty()) {
            return head.all("Content-Length").isEmpty() ? new byte[0] : read(head.contentLength());
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int length = readChunkLength(); length > 0; length = readChunkLength()) {
            body.write(read(length));
            readLine();
        }
        readLine();
        return body.toByteArray();
    }

    /** Closes it so that the server hears of a connection reset, and not of its end. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private int readChunkLength() throws IOException {
        return Integer.parseInt(readLine(), 16);
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

    public record Head(int status, List<String> headers) {

        /** The values of a header. */
        public List<String> all(String name) {
            String prefix = name.toLowerCase(Locale.ROOT) + ":";
            return headers.stream().filter(header -> header.toLowerCase(Locale.ROOT).startsWith(prefix))
                    .map(header -> header.substring(prefix.length()).trim()).toList();
        }

        public int contentLength() {
            return Integer.parseInt(all("Content-Length").get(0));
        }
    }
}
