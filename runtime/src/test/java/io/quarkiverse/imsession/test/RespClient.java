package io.quarkiverse.imsession.test;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Speaks to Redis over a plain socket (RESP 2), so that tests look at the server without the client under test. */
public final class RespClient implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 120_000;

    private final Socket socket = new Socket();
    private final Charset charset;
    private final InputStream in;
    private final OutputStream out;

    public RespClient(int port) throws IOException {
        this(port, StandardCharsets.UTF_8);
    }

    /** @param charset how texts are sent and read: in ISO 8859-1 each character is a byte, so any bytes can be sent */
    public RespClient(int port, Charset charset) throws IOException {
        this.charset = charset;
        socket.connect(new InetSocketAddress("127.0.0.1", port), TIMEOUT_MILLIS);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        in = new BufferedInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    public Object command(String... command) throws IOException {
        send(List.of(command));
        return reply();
    }

    /** Sends a command whose reply is to be read later. */
    public void send(List<String> command) throws IOException {
        StringBuilder request = new StringBuilder("*").append(command.size()).append("\r\n");
        for (String part : command) {
            request.append('$').append(part.getBytes(charset).length).append("\r\n").append(part).append("\r\n");
        }
        out.write(request.toString().getBytes(charset));
        out.flush();
    }

    public Object reply() throws IOException {
        String line = line();
        String rest = line.substring(1);
        switch (line.charAt(0)) {
            case '+':
                return rest;
            case '-':
                throw new IllegalStateException("Redis answered " + rest);
            case ':':
                return Long.parseLong(rest);
            case '$':
                return bulk(Integer.parseInt(rest));
            case '*':
                List<Object> list = new ArrayList<>();
                for (int i = Integer.parseInt(rest); i > 0; i--) {
                    list.add(reply());
                }
                return list;
            default:
                throw new IOException("Unexpected reply " + line);
        }
    }

    private String bulk(int length) throws IOException {
        if (length < 0) {
            return null;
        }
        byte[] bytes = in.readNBytes(length + 2);
        return new String(bytes, 0, length, charset);
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        int c;
        while ((c = in.read()) != '\r') {
            if (c < 0) {
                throw new EOFException("Redis closed the connection");
            }
            line.append((char) c);
        }
        in.read();
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
