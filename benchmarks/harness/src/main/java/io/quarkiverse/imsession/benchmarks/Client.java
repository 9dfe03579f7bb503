package io.quarkiverse.imsession.benchmarks;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A client that has several sessions, and sends one request after the other. It takes one session after the other for its
 * requests; a log-out gives one up. It has a keep-alive connection to each instance of the server, and its requests go to the
 * instances in turn, as a load balancer without sticky sessions sends them.
 */
final class Client implements AutoCloseable {

    /** In the mix, one request of so many is an increment. */
    static final int MIX_CYCLE = 20;
    /** In the mix, a client uses so many sessions: with no common divisor with the cycle, so that each of them is changed. */
    static final int MIX_SESSIONS = 7;

    private final List<SocketChannel> instances = new ArrayList<>();
    private final ByteBuffer in = ByteBuffer.allocate(64 * 1024);
    private final List<Cookies> sessions = new ArrayList<>();
    private final String name;
    private int logins;
    private int firstReads;
    private int mixed;
    private int next;
    private int instance;
    private Route route = Route.PLAIN;
    private int used;
    private Cookies current = Cookies.NONE;

    /**
     * @param ports those of the instances
     * @param number of this client: different clients begin at different instances, and at different places of the mix
     */
    Client(List<Integer> ports, String name, int number) throws IOException {
        for (int port : ports) {
            SocketChannel channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
            instances.add(channel);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        }
        this.name = name + number;
        this.instance = number % ports.size();
        this.mixed = number;
    }

    /** The user of a log-in. */
    String user(int login) {
        return name + '-' + login;
    }

    /** The session of its last log-in, which it goes on to use. */
    Cookies session() {
        return sessions.get(sessions.size() - 1);
    }

    /** Uses the session of another client from now on. */
    void join(Cookies session) {
        sessions.clear();
        sessions.add(session);
    }

    void register(Selector selector) throws IOException {
        for (SocketChannel channel : instances) {
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, this);
        }
    }

    void send(Route measured) throws IOException {
        choose(measured);
        instance = (instance + 1) % instances.size();
        String user = route == Route.LOGIN ? user(logins++) : "";
        String request = route.requestLine(user) + "\r\nHost: localhost\r\nContent-Length: 0\r\n" + current.header() + "\r\n";
        in.clear();
        ByteBuffer out = ByteBuffer.wrap(request.getBytes(StandardCharsets.ISO_8859_1));
        while (out.hasRemaining()) {
            instances.get(instance).write(out);
        }
    }

    /** Chooses the route and the session of the next request. */
    private void choose(Route measured) {
        route = measured;
        current = Cookies.NONE;
        if (measured == Route.PLAIN || measured == Route.LOGIN || sessions.isEmpty()) {
            return;
        }
        used = switch (measured) {
            case FIRST_READ -> firstReads++ / instances.size();
            case MIX -> mixed % Math.min(MIX_SESSIONS, sessions.size());
            case LOGOUT -> 0;
            default -> next++;
        } % sessions.size();
        if (measured == Route.MIX) {
            route = mixed++ % MIX_CYCLE == 0 ? Route.INC : Route.READ;
        }
        current = measured == Route.LOGOUT ? sessions.remove(used) : sessions.get(used);
    }

    /** What has arrived. Null if the response is not complete. */
    Response receive() throws IOException {
        if (instances.get(instance).read(in) < 0) {
            throw new IOException("The server closed the connection instead of answering " + route);
        }
        Response response = Response.parse(in.array(), in.position());
        if (response != null) {
            keep(current.with(response.setCookies()));
        }
        return response;
    }

    private void keep(Cookies cookies) {
        if (route == Route.LOGIN && !cookies.isEmpty()) {
            sessions.add(cookies);
        } else if (route != Route.LOGOUT && !current.isEmpty()) {
            sessions.set(used, cookies);
        }
    }

    /** Sends a request, and waits for the response. Only before {@link #register}. */
    Response call(Route measured) throws IOException {
        send(measured);
        Response response;
        do {
            response = receive();
        } while (response == null);
        return response;
    }

    @Override
    public void close() throws IOException {
        for (SocketChannel channel : instances) {
            channel.close();
        }
    }
}
