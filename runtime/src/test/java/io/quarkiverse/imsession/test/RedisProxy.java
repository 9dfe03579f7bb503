package io.quarkiverse.imsession.test;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

import javax.net.ssl.SSLContext;

import io.quarkiverse.imsession.test.RedisServer.ThrowingRunnable;

/**
 * A proxy in front of a {@link RedisServer} that sees each command: it counts them and their round trips, and cuts connections
 * at a chosen command. Let a client connect to {@link #uri()}.
 */
public final class RedisProxy implements AutoCloseable {

    /** So long nobody must send anything before a reply is passed on, while round trips are counted. */
    private static final long QUIET_MILLIS = 60;

    private final RedisServer server;
    private final ServerSocket listening;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private volatile SSLContext tls;

    // All below is guarded by this.
    private final List<String> commands = new ArrayList<>();
    private boolean holding;
    private long lastCommandNanos;
    private int unanswered;
    private int roundTrips;
    private Cut cut;
    private String meant = "";
    private boolean down;
    private CountDownLatch held;
    private String heldCommand;
    private boolean holdingTracking;
    private int framesToPass;
    private int framesHeld;
    private boolean trackingAsked;

    private RedisProxy(RedisServer server, ServerSocket listening) {
        this.server = server;
        this.listening = listening;
    }

    /** Starts a proxy on a free port. */
    public static RedisProxy start(RedisServer server) {
        return start(server, null);
    }

    /** Starts a proxy to which clients speak TLS. */
    public static RedisProxy start(RedisServer server, SSLContext tls) {
        try {
            RedisProxy proxy = new RedisProxy(server, new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1")));
            proxy.tls = tls;
            daemon(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public RedisServer server() {
        return server;
    }

    public String uri() {
        return (tls == null ? "redis" : "rediss") + "://localhost:" + listening.getLocalPort();
    }

    /** From now on clients that connect see another certificate. */
    public void useTls(SSLContext other) {
        tls = other;
    }

    /** The names of the commands that clients send while {@code work} runs, in lower case and in their order. */
    public List<String> commands(ThrowingRunnable work) throws Exception {
        int before;
        synchronized (this) {
            before = commands.size();
        }
        work.run();
        synchronized (this) {
            return List.copyOf(commands.subList(before, commands.size()));
        }
    }

    /**
     * Counts how often clients wait for the network while {@code work} runs: the number of times that a command is sent after
     * all that was sent before, on any connection, has been answered. So commands that are sent together, or before the first
     * of their replies came back, are one round trip however many they are, and commands that are sent one after the other's
     * reply are as many as they are.
     * <p>
     * Replies are held back until nothing was sent for {@value #QUIET_MILLIS} ms, so that the number does not depend on who is
     * faster; each round trip takes at least that long. What a client sends to set up a connection counts as any command does:
     * let it connect before. Commands that are sent after {@code work} returned are not counted: let it wait for its results.
     */
    public int roundTrips(ThrowingRunnable work) throws Exception {
        int before;
        synchronized (this) {
            before = roundTrips;
            holding = true;
        }
        try {
            work.run();
            synchronized (this) {
                return roundTrips - before;
            }
        } finally {
            synchronized (this) {
                holding = false;
            }
        }
    }

    /**
     * Cuts the connection instead of passing on the nth command of that name from now on; the server never sees it, nor what
     * follows it. Earlier commands are answered first.
     *
     * @param command in lower case
     * @param n 1 for the next one
     */
    public synchronized void cutBefore(String command, int n) {
        cut = new Cut(command, n, Place.BEFORE, false);
    }

    /** As {@link #cutBefore}, but the server runs that command, and its reply is lost. */
    public synchronized void cutAfter(String command, int n) {
        cut = new Cut(command, n, Place.AFTER, false);
    }

    /** As {@link #cutAfter}, but the client gets the first half of the reply. */
    public synchronized void cutWithin(String command, int n) {
        cut = new Cut(command, n, Place.WITHIN_REPLY, false);
    }

    /**
     * Cuts and holds take only commands for the ones meant that have this text as part of an argument, until
     * {@link #restore()}: a client may send others of the same name in the background.
     */
    public synchronized void mean(String part) {
        meant = part;
    }

    /** Holds the next command of that name back, and what follows it on its connection, until {@link #release()}. */
    public synchronized void hold(String command) {
        heldCommand = command;
        held = new CountDownLatch(1);
    }

    /** Waits until there is something that is held. */
    public synchronized void awaitHeld() throws InterruptedException {
        while (heldCommand != null) {
            wait();
        }
    }

    /** Passes on what is held, also if its client is gone: as a network does that was interrupted. */
    public synchronized void release() {
        held.countDown();
    }

    /**
     * Holds back all that the server sends over connections that track keys, as a network does that hangs for these only:
     * replies to pings as well as pushes.
     */
    public synchronized void holdTracking() {
        holdingTracking = true;
        framesToPass = 0;
    }

    /** Waits until something is held back on a connection that tracks keys. */
    public synchronized void awaitTrackingHeld() throws InterruptedException {
        while (framesHeld == 0) {
            wait();
        }
    }

    /** Passes on the next frame of what is held back on connections that track keys. */
    public synchronized void passOneOfTracking() {
        framesToPass++;
        trackingAsked = false;
        notifyAll();
    }

    /** Whether a client has asked something over a connection that tracks keys, since the last frame was let pass. */
    public synchronized boolean hasTrackingAsked() {
        return trackingAsked;
    }

    /** Passes on all that is held back on connections that track keys. */
    public synchronized void releaseTracking() {
        holdingTracking = false;
        notifyAll();
    }

    private synchronized void awaitTracking(Connection connection) throws InterruptedException {
        framesHeld++;
        notifyAll();
        while (holdingTracking && framesToPass == 0 && connections.contains(connection)) {
            wait();
        }
        framesHeld--;
        framesToPass = Math.max(0, framesToPass - 1);
    }

    private synchronized void asked() {
        trackingAsked = true;
    }

    private synchronized void wakeUp() {
        notifyAll();
    }

    /** Cuts all connections that track keys. */
    public void cutTracking() {
        connections.stream().filter(connection -> connection.tracks).forEach(Connection::close);
    }

    /** Refuses all connections after the cut that was asked for, until {@link #restore()}: as if the client had died. */
    public synchronized void stayDown() {
        cut = new Cut(cut.command, cut.left, cut.place, true);
    }

    /** True if the cut that was asked for last has happened. */
    public synchronized boolean wasCut() {
        return cut != null && cut.left == 0;
    }

    /** Lets clients connect again, and forgets a cut that has not happened, and which commands are meant. */
    public synchronized void restore() {
        cut = null;
        meant = "";
        down = false;
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
                Connection connection = new Connection(secure(client), new Socket("127.0.0.1", server.port()));
                connections.add(connection);
                if (isDown()) {
                    connection.close();
                } else {
                    daemon(connection::passRequests);
                    daemon(connection::passReplies);
                }
            } catch (IOException e) {
                closeQuietly(client);
            }
        }
    }

    /** The handshake begins when something is read. */
    private Socket secure(Socket client) throws IOException {
        SSLContext context = tls;
        return context == null ? client : context.getSocketFactory().createSocket(client, null, true);
    }

    private synchronized boolean isDown() {
        return down;
    }

    private synchronized void sent(String command) {
        commands.add(command);
        lastCommandNanos = System.nanoTime();
        if (unanswered++ == 0) {
            roundTrips++;
        }
    }

    private synchronized void allAnswered(int count) {
        unanswered -= count;
    }

    private void awaitQuiet() throws InterruptedException {
        while (true) {
            long left;
            synchronized (this) {
                left = holding ? QUIET_MILLIS * 1_000_000 - (System.nanoTime() - lastCommandNanos) : 0;
            }
            if (left <= 0) {
                return;
            }
            Thread.sleep(left / 1_000_000 + 1);
        }
    }

    /** What is to be awaited before a command is passed on, or null. */
    private synchronized CountDownLatch holdAt(RespFrame request) {
        if (!isMeant(request, heldCommand)) {
            return null;
        }
        heldCommand = null;
        notifyAll();
        return held;
    }

    /** The cut that happens at a command, or null. */
    private synchronized Cut cutAt(RespFrame request) {
        if (cut == null || cut.left == 0 || !isMeant(request, cut.command) || --cut.left > 0) {
            return null;
        }
        down = cut.staysDown;
        return cut;
    }

    private boolean isMeant(RespFrame request, String command) {
        return request.command().equals(command) && request.contains(meant);
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "redis-proxy");
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

    private enum Place {
        BEFORE,
        WITHIN_REPLY,
        AFTER
    }

    private static final class Cut {

        private final String command;
        private final Place place;
        private final boolean staysDown;
        private int left;

        Cut(String command, int left, Place place, boolean staysDown) {
            this.command = command;
            this.left = left;
            this.place = place;
            this.staysDown = staysDown;
        }
    }

    private final class Connection {

        private final Socket client;
        private final Socket redis;
        /** Whether the server tells over this connection which keys change. */
        private volatile boolean tracks;

        // All below is guarded by this.
        private int sent;
        private int answered;
        private int passedOn;
        private int lostReply = -1;
        private Place lostAt;

        Connection(Socket client, Socket redis) throws IOException {
            this.client = client;
            this.redis = redis;
            client.setTcpNoDelay(true);
            redis.setTcpNoDelay(true);
        }

        void passRequests() {
            try {
                InputStream in = new BufferedInputStream(client.getInputStream());
                RespFrame request;
                while ((request = RespFrame.read(in)) != null) {
                    if (tracks) {
                        asked();
                    }
                    tracks |= request.command().equals("client");
                    Cut here = cutAt(request);
                    boolean passed = here == null || here.place != Place.BEFORE;
                    int number = sending(request.command(), here == null ? null : here.place);
                    CountDownLatch hold = holdAt(request);
                    if (hold != null) {
                        hold.await();
                    }
                    if (passed) {
                        redis.getOutputStream().write(request.bytes());
                    }
                    if (here != null) {
                        awaitPassedOn(passed ? number + 1 : number);
                        return;
                    }
                }
            } catch (IOException | InterruptedException e) {
                // The connection is lost: the other side gets to know.
            } finally {
                close();
            }
        }

        void passReplies() {
            try {
                InputStream in = new BufferedInputStream(redis.getInputStream());
                RespFrame reply;
                while ((reply = RespFrame.read(in)) != null) {
                    if (tracks) {
                        awaitTracking(this);
                    }
                    if (reply.isPush()) {
                        client.getOutputStream().write(reply.bytes());
                        continue;
                    }
                    awaitQuiet();
                    boolean lost = replying();
                    client.getOutputStream().write(reply.bytes(), 0, lost ? passedBytes(reply) : reply.bytes().length);
                    synchronized (this) {
                        passedOn++;
                        notifyAll();
                    }
                }
            } catch (IOException | InterruptedException e) {
                // The connection is lost: the other side gets to know.
            } finally {
                close();
            }
        }

        void close() {
            if (connections.remove(this)) {
                synchronized (this) {
                    allAnswered(sent - answered);
                    answered = sent;
                    notifyAll();
                }
                wakeUp();
                closeQuietly(client);
                closeQuietly(redis);
            }
        }

        /** Returns the number of the command on this connection, from 0. */
        private synchronized int sending(String command, Place cutAt) {
            sent(command);
            if (cutAt != null && cutAt != Place.BEFORE) {
                lostReply = sent;
                lostAt = cutAt;
            }
            return sent++;
        }

        /** True if the reply is to be lost. Counts before the client can go on. */
        private synchronized boolean replying() {
            boolean lost = answered == lostReply;
            if (answered < sent) {
                answered++;
                allAnswered(1);
            }
            return lost;
        }

        private synchronized int passedBytes(RespFrame lost) {
            return lostAt == Place.WITHIN_REPLY ? lost.bytes().length / 2 : 0;
        }

        private synchronized void awaitPassedOn(int count) throws InterruptedException {
            while (passedOn < count && connections.contains(this)) {
                wait();
            }
        }
    }
}
