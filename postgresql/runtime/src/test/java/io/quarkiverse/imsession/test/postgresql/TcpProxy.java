package io.quarkiverse.imsession.test.postgresql;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A proxy in front of a server, of whose protocol it knows only that a client sends something and the server answers, and what
 * a request to cancel and the begin of a message look like. It cuts connections, or loses what they carry, where it is told to.
 */
public final class TcpProxy implements AutoCloseable {

    private static final int CHUNK = 64 * 1024;
    /** The begin of a request to cancel, on a connection of its own. */
    private static final byte[] CANCEL = { 0, 0, 0, 16, 4, (byte) 210, 22, 46 };
    /** What comes before the text of a statement: the kind of the message, and its length. */
    private static final int HEADER = 5;

    private final int target;
    private final ServerSocket listening;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicReference<Place> next = new AtomicReference<>();
    private final AtomicReference<String> swallowed = new AtomicReference<>();
    private final AtomicInteger refused = new AtomicInteger();
    private volatile boolean cut;
    private volatile CountDownLatch cancellations = new CountDownLatch(0);
    private volatile CountDownLatch cancelled = new CountDownLatch(0);
    private volatile byte[] refusal;

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

    /**
     * From the next statement on that begins with this text, its connection carries nothing any more, and nobody gets to know
     * when the other side closes it: so it is when the network between them is gone.
     */
    public void swallowFrom(String statement) {
        cut = false;
        swallowed.set(statement);
    }

    /** Keeps requests to cancel from the server, until {@link #passCancellations}. */
    public void holdCancellations() {
        cancellations = new CountDownLatch(1);
        cancelled = new CountDownLatch(1);
    }

    /** Passes them, and waits until the server has done what one of them asks for. */
    public void passCancellations() throws InterruptedException {
        cancellations.countDown();
        cancelled.await();
    }

    /** Answers clients that connect with an error, as a server does that is starting. */
    public void refuse(String sqlState) {
        refused.set(0);
        byte[] fields = ("SFATAL\0VFATAL\0C" + sqlState + "\0Mno\0\0").getBytes(StandardCharsets.US_ASCII);
        refusal = ByteBuffer.allocate(HEADER + fields.length).put((byte) 'E').putInt(4 + fields.length).put(fields).array();
    }

    /** Lets clients connect again. */
    public void admit() {
        refusal = null;
    }

    /** How many clients were refused. */
    public int refused() {
        return refused.get();
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
        /** Whether the network between both is gone. */
        private volatile boolean isGone;
        private volatile boolean isCancellation;

        Connection(Socket client, Socket server) throws IOException {
            this.client = client;
            this.server = server;
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
        }

        void passRequests() {
            byte[] chunk = new byte[CHUNK];
            boolean isFirst = true;
            try {
                InputStream in = client.getInputStream();
                for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                    if (refusal != null && isFirst) {
                        client.getOutputStream().write(refusal);
                        refused.incrementAndGet();
                        return;
                    }
                    if (isFirst && Arrays.mismatch(chunk, 0, CANCEL.length, CANCEL, 0, CANCEL.length) < 0) {
                        cancellations.await();
                        isCancellation = true;
                    }
                    isFirst = false;
                    int passed = passed(chunk, read);
                    if (passed < read) {
                        isGone = true;
                        server.getOutputStream().write(chunk, 0, passed);
                        cut = true;
                        return;
                    }
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
            } catch (IOException | InterruptedException e) {
                // The connection is lost: the other side gets to know.
            } finally {
                // The server closes the connection of a request to cancel when it has done so.
                if (!isGone && !isCancellation) {
                    close();
                }
            }
        }

        /** How much of what a client sends the server gets. */
        private int passed(byte[] chunk, int read) {
            String statement = swallowed.get();
            int found = statement == null ? -1
                    : new String(chunk, 0, read, StandardCharsets.ISO_8859_1).indexOf(statement) - HEADER;
            return found >= 0 && swallowed.compareAndSet(statement, null) ? found : read;
        }

        void passReplies() {
            byte[] chunk = new byte[CHUNK];
            try {
                InputStream in = server.getInputStream();
                for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                    Place place = lost;
                    if (isGone) {
                        continue;
                    }
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
                if (!isGone) {
                    close();
                }
            }
        }

        void close() {
            if (isCancellation) {
                cancelled.countDown();
            }
            if (connections.remove(this)) {
                closeQuietly(client);
                closeQuietly(server);
            }
        }
    }
}
