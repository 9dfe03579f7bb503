package io.quarkiverse.imsession.it.load;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import io.quarkiverse.imsession.it.Wire;

/**
 * Closes connections while their responses wait for the session to be stored. The store holds all changes meanwhile, so this
 * is what they wait for.
 */
final class CommitCutter implements Runnable {

    private static final int CLIENTS = 8;
    private static final Duration LONGEST_HOLD = Lifetimes.COMMAND_TIMEOUT.dividedBy(2);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(300);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final URI base;
    private final SoakStore store;
    private final Tally tally;
    private final BooleanSupplier goesOn;
    private int round;
    private boolean held;

    CommitCutter(URI base, SoakStore store, Tally tally, BooleanSupplier goesOn) {
        this.base = base;
        this.store = store;
        this.tally = tally;
        this.goesOn = goesOn;
    }

    @Override
    public void run() {
        try (Connection connection = new Connection(base)) {
            while (!held || goesOn.getAsBoolean()) {
                round++;
                step(connection);
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        } catch (IOException | RuntimeException e) {
            tally.error("cutting commits: " + e);
        }
    }

    private void step(Connection connection) throws IOException {
        String gate = "/races/gates/cut-" + round;
        List<String> tokens = new ArrayList<>();
        long created = System.nanoTime();
        List<Wire> wires = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            String token = post(connection, "/races/set?field=user&value=cut", null).token();
            Wire wire = new Wire(base);
            wire.write(Connection.request(wire, "POST", "/races/set?gate=cut-" + round + "&field=cut&value=" + round, token));
            tokens.add(token);
            wires.add(wire);
        }
        await(() -> get(connection, gate).body().equals(Integer.toString(CLIENTS)));
        long begin = System.nanoTime();
        store.hold(LONGEST_HOLD);
        tally.expect(204, connection.call("DELETE", gate, null), gate);
        await(store::isHolding);
        for (int i = 0; i < CLIENTS; i++) {
            if (i % 2 == 0) {
                wires.get(i).reset();
            } else {
                wires.get(i).close();
            }
        }
        boolean heldNow = System.nanoTime() - begin < LONGEST_HOLD.toNanos();
        store.goOn();
        if (heldNow) {
            held = true;
            tally.count("clients gone while the commit was held", CLIENTS);
        }
        for (String token : tokens) {
            await(() -> post(connection, "/races/read", token).body().contains("\"cut\":\"" + round + '"')
                    || System.nanoTime() - created > Lifetimes.ABSOLUTE.toNanos());
        }
    }

    private Answer get(Connection connection, String path) throws IOException {
        return tally.expect(200, connection.get(path, null), path);
    }

    private Answer post(Connection connection, String path, String token) throws IOException {
        return tally.expect(200, connection.post(path, token), path);
    }

    private static void await(Condition condition) throws IOException {
        long begin = System.nanoTime();
        while (!condition.holds()) {
            if (System.nanoTime() - begin > SoakContract.PATIENCE.toNanos()) {
                throw new IllegalStateException("what was waited for did not happen");
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    @FunctionalInterface
    private interface Condition {
        boolean holds() throws IOException;
    }
}
