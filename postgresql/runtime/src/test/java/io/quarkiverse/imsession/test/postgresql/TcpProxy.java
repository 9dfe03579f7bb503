package io.quarkiverse.imsession.test.postgresql;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A proxy in front of a server, of whose protocol it knows only that a client sends something and the server answers. It cuts
 * connections where it is told to.
 */
public final class TcpProxy implements AutoCloseable {

    private static final int CHUNK = 64 * 1024;

    private final int target;
    private final ServerSocket listening;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicReference<Place> next = new AtomicReference<>();
    private volatile boolean cut;

    private TcpProxy(int target, ServerSocket listening) {
        this.target = target;
        this.listening = listening;
    }

    /** Starts a proxy on a free port, in front of a port of this machine. */
    public static TcpProxy start(int target) {
        try {
            TcpProxy proxy = new TcpProxy(target, new ServerSocket(0, 500, InetAddress.getByName("127.0.0.1")));
            daemon(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return listening.getLocalPort();
    }

    /** Cuts the connection on which a client sends something next. */
    public void cutNext(Place place) {
        cut = false;
        next.set(place);
    }

    /** Whether the cut that was asked for last has happened. */
    public boolean wasCut() {
        return cut;
    }

    /** Forgets a cut that has not happened. */
    public void restore() {
        next.set(null);
    }

    @Override
    public void close() {
        closeQuietly(listening);
        connections.forEach(Connection::close);
    }

    private void accept() {
        while (true) {
            Socket client;
            try {
                client = listening.accept();
            } catch (IOException e) {
                return;
            }
            try {
                Connection connection = new Connection(client, new Socket("127.0.0.1", target));
                connections.add(connection);
                daemon(connection::passRequests);
                daemon(connection::passReplies);
            } catch (IOException e) {
                closeQuietly(client);
            }
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "tcp-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private static void closeQuietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            // It is gone anyway.
        }
    }

    /** Where a connection is cut. */
    public enum Place {
        /** The server does not get what the client has sent. */
        BEFORE,
        /** The client gets the first half of the reply. */
        WITHIN_REPLY,
        /** The client gets nothing of the reply. */
        AFTER
    }

    private final class Connection {

        private final Socket client;
        private final Socket server;
        private volatile Place lost;

        Connection(Socket client, Socket server) throws IOException {
            this.client = client;
            this.server = server;
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
        }

        void passRequests() {
            byte[] chunk = new byte[CHUNK];
            try {
                InputStream in = client.getInputStream();
                for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                    Place place = next.getAndSet(null);
                    if (place == Place.BEFORE) {
                        cut = true;
                        return;
                    }
                    if (place != null) {
                        lost = place;
                    }
                    server.getOutputStream().write(chunk, 0, read);
                }
            } catch (IOException e) {
                // The connection is lost: the other side gets to know.
            } finally {
                close();
            }
        }

        void passReplies() {
            byte[] chunk = new byte[CHUNK];
            try {
                InputStream in = server.getInputStream();
                for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                    Place place = lost;
                    client.getOutputStream().write(chunk, 0,
                            place == null ? read : place == Place.WITHIN_REPLY ? read / 2 : 0);
                    if (place != null) {
                        cut = true;
                        return;
                    }
                }
            } catch (IOException e) {
                // The connection is lost: the other side gets to know.
            } finally {
                close();
            }
        }

        void close() {
            if (connections.remove(this)) {
                closeQuietly(client);
                closeQuietly(server);
            }
        }
    }
}
