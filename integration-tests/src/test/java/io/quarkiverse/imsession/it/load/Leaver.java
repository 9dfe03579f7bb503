package io.quarkiverse.imsession.it.load;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import io.quarkiverse.imsession.it.Wire;

/** A client that vanishes in the middle of what it has begun, and comes back with its session. */
final class Leaver implements Runnable {

    /** None of them has its body in memory as a whole: what lives on the heap is to tell what is kept, not what is sent. */
    private static final List<String> STREAMS = List.of("/load/chunks", "/load/events", "/layers/rest/file",
            "/layers/rest/stream", "/layers/servlet/flush", "/layers/vertx/drained", "/layers/vertx/pipe",
            "/layers/vertx/send");
    private static final byte[] MASKED_FRAME = { (byte) 0x81, (byte) 0x82, 0, 0, 0, 0, 'h', 'i' };
    private static final int ECHO = 4;
    private static final int WAYS = 4;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final URI base;
    private final Tally tally;
    private final Random random;
    private final BooleanSupplier goesOn;
    private final Connection connection;
    private Jar jar;

    Leaver(URI base, Tally tally, int seed, BooleanSupplier goesOn) {
        this.base = base;
        this.tally = tally;
        this.random = new Random(seed);
        this.goesOn = goesOn;
        this.connection = new Connection(base);
    }

    @Override
    public void run() {
        try (connection) {
            for (int way = 0; way < WAYS || goesOn.getAsBoolean(); way++) {
                step(way % WAYS);
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        } catch (IOException e) {
            tally.error("closing: " + e);
        }
    }

    private void step(int way) {
        try {
            if (jar == null || jar.isOver() || jar.mayBeGone()) {
                begin();
            }
            switch (way) {
                case 0 -> leaveRequest();
                case 1 -> leaveBeforeTheResponse();
                case 2 -> leaveResponse();
                default -> leaveWebSocket();
            }
            comeBack();
        } catch (IOException e) {
            tally.error("a leaving client got no response: " + e);
        }
    }

    private void begin() throws IOException {
        long sent = System.nanoTime();
        Answer answer = tally.expect(200, connection.post("/races/set?field=user&value=leaver", null), "/races/set");
        jar = new Jar(answer.token(), false, sent, random);
    }

    private void leaveRequest() throws IOException {
        Wire wire = new Wire(base);
        if (random.nextBoolean()) {
            String head = Connection.request(wire, "POST", "/races/set", jar.token());
            wire.write(head.substring(0, random.nextInt(head.length() - 1)));
        } else {
            wire.write(wire.request("POST", "/layers/rest/upload", "HTTP/1.1", "Content-Length: 100000",
                    Answer.header(jar.token())));
            wire.write("x".repeat(random.nextInt(50_000)));
        }
        leave(wire, "clients gone in the middle of a request");
    }

    /** While the session is loaded, used or stored, as it happens. */
    private void leaveBeforeTheResponse() throws IOException {
        Wire wire = new Wire(base);
        wire.write(Connection.request(wire, "POST", "/races/set?field=left&value=1", jar.token()));
        LockSupport.parkNanos(random.nextInt(5_000_000));
        leave(wire, "clients gone before the response");
    }

    private void leaveResponse() throws IOException {
        String path = STREAMS.get(random.nextInt(STREAMS.size()));
        Wire wire = new Wire(base);
        wire.write(Connection.request(wire, "GET", path, jar.token()));
        int status = wire.readHead().status();
        if (status != 200) {
            tally.error(path + " answered " + status);
        }
        wire.read(1 + random.nextInt(2000));
        tally.countRequest();
        leave(wire, "clients gone in the middle of a response");
    }

    private void leaveWebSocket() throws IOException {
        Wire wire = new Wire(base);
        wire.write(wire.get("/layers/websocket", "HTTP/1.1", "Connection: Upgrade", "Upgrade: websocket",
                "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", Answer.header(jar.token())));
        int status = wire.readHead().status();
        if (status == 101) {
            wire.write(MASKED_FRAME);
            wire.read(ECHO);
        } else {
            tally.error("the WebSocket answered " + status);
        }
        tally.countRequest();
        leave(wire, "WebSockets left");
    }

    /** Nobody but this client knows the session: what it has left undone must not cost it that. */
    private void comeBack() throws IOException {
        String token = jar.token();
        long sent = System.nanoTime();
        Answer answer = tally.expect(200, connection.post("/races/read", token), "/races/read");
        if (!answer.exists() && !jar.mayBeGone()) {
            tally.error("a client that had left has lost its session");
        }
        jar.take(token, sent, answer);
    }

    private void leave(Wire wire, String how) throws IOException {
        if (random.nextBoolean()) {
            wire.reset();
        } else {
            wire.close();
        }
        tally.count(how);
    }
}
