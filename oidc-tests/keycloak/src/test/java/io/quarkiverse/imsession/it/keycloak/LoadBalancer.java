package io.quarkiverse.imsession.it.keycloak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** One address for all instances of an application: each connection goes to the next one. */
final class LoadBalancer implements AutoCloseable {

    private final ServerSocket server;
    private final AtomicInteger connections = new AtomicInteger();
    private volatile List<URI> instances = List.of();

    LoadBalancer() {
        try {
            server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        inBackground(this::accept);
    }

    String uri() {
        return "http://localhost:" + server.getLocalPort();
    }

    void serve(List<String> uris) {
        instances = uris.stream().map(URI::create).toList();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                URI next = instances.get(Math.floorMod(connections.getAndIncrement(), instances.size()));
                Socket instance = new Socket(next.getHost(), next.getPort());
                inBackground(() -> pass(client, instance));
                inBackground(() -> pass(instance, client));
            } catch (IOException e) {
                // It was closed, or the instance has gone: the client sees the end of its connection.
            }
        }
    }

    private static void pass(Socket from, Socket to) {
        try (from; to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // One of them has left.
        }
    }

    private static void inBackground(Runnable task) {
        Thread thread = new Thread(task, "load balancer");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
