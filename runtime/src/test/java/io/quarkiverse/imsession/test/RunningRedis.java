package io.quarkiverse.imsession.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;

/** A Redis that was started elsewhere: by what started the application of a test, which has other classes than its test. */
public final class RunningRedis {

    private static final String PROCESS = "process_id:";

    private final int port;
    private final String pid;

    private RunningRedis(int port) {
        this.port = port;
        this.pid = ((String) command("INFO", "server")).lines().filter(line -> line.startsWith(PROCESS))
                .map(line -> line.substring(PROCESS.length()).strip()).findFirst().orElseThrow();
    }

    /** @param uri with a port of this machine */
    public static RunningRedis at(String uri) {
        return new RunningRedis(URI.create(uri).getPort());
    }

    /** Ends the connections of all clients. */
    public void cut() {
        command("CLIENT", "KILL", "TYPE", "normal");
    }

    /** Stops the server from running without closing its connections (SIGSTOP): it hangs. */
    public void hang() {
        signal("STOP");
    }

    /** Lets a hung server go on. */
    public void goOn() {
        signal("CONT");
    }

    private Object command(String... command) {
        try (RespClient client = new RespClient(port)) {
            return client.command(command);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void signal(String signal) {
        try {
            new ProcessBuilder("kill", "-" + signal, pid).start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
