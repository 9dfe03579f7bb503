package io.quarkiverse.imsession.benchmarks;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * One keep-alive connection of a client that has several sessions, and sends one request after the other. It takes one session
 * after the other for its requests; a log-out gives one up.
 */
final class Client implements AutoCloseable {

    private final SocketChannel channel;
    private final ByteBuffer in = ByteBuffer.allocate(64 * 1024);
    private final Deque<Cookies> sessions = new ArrayDeque<>();
    private final String name;
    private int logins;
    private Cookies current = Cookies.NONE;
    private Route route = Route.PLAIN;

    Client(int port, String name) throws IOException {
        this.channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
        this.channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        this.name = name;
    }

    /** The user of a log-in. */
    String user(int login) {
        return name + '-' + login;
    }

    /** The session of its last log-in, which it goes on to use. */
    Cookies session() {
        return sessions.getLast();
    }

    /** Uses the session of another client from now on. */
    void join(Cookies session) {
        sessions.clear();
        sessions.add(session);
    }

    void register(Selector selector) throws IOException {
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, this);
    }

    void send(Route next) throws IOException {
        route = next;
        current = route.hasSession() && !sessions.isEmpty() ? sessions.pop() : Cookies.NONE;
        String user = route == Route.LOGIN ? user(logins++) : "";
        String request = route.requestLine(user) + "\r\nHost: localhost\r\nContent-Length: 0\r\n" + current.header() + "\r\n";
        in.clear();
        ByteBuffer out = ByteBuffer.wrap(request.getBytes(StandardCharsets.ISO_8859_1));
        while (out.hasRemaining()) {
            channel.write(out);
        }
    }

    /** What has arrived. Null if the response is not complete. */
    Response receive() throws IOException {
        if (channel.read(in) < 0) {
            throw new IOException("The server closed the connection instead of answering " + route);
        }
        Response response = Response.parse(in.array(), in.position());
        if (response != null && route != Route.PLAIN && route != Route.LOGOUT) {
            Cookies kept = current.with(response.setCookies());
            if (!kept.isEmpty()) {
                sessions.add(kept);
            }
        }
        return response;
    }

    /** Sends a request, and waits for the response. Only before {@link #register}. */
    Response call(Route next) throws IOException {
        send(next);
        Response response;
        do {
            response = receive();
        } while (response == null);
        return response;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
