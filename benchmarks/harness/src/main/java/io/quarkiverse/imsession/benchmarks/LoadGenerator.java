package io.quarkiverse.imsession.benchmarks;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps a number of clients busy, with one thread: each sends its next request when it has the response of the last one.
 */
final class LoadGenerator implements AutoCloseable {

    private final Selector selector = Selector.open();
    private final List<Client> clients = new ArrayList<>();

    LoadGenerator(List<Integer> ports, int number) throws IOException {
        for (int i = 0; i < number; i++) {
            Client client = new Client(ports, "user", i);
            client.register(selector);
            clients.add(client);
        }
    }

    /** Lets all clients use one session from now on. */
    void join(Cookies session) {
        clients.forEach(client -> client.join(session));
    }

    /**
     * Sends requests of one route and waits for all responses.
     *
     * @param requests is rounded down to the same number for each client
     * @return how many did not answer 200
     */
    int run(Route route, int requests) throws IOException {
        int each = requests / clients.size();
        Map<Client, Integer> left = new HashMap<>();
        for (Client client : clients) {
            left.put(client, each);
            client.send(route);
        }
        int failures = 0;
        while (!left.isEmpty()) {
            if (selector.select(30_000) == 0) {
                throw new IOException("No response to " + route + " within 30 s");
            }
            for (SelectionKey key : selector.selectedKeys()) {
                Client client = (Client) key.attachment();
                Response response = client.receive();
                if (response == null) {
                    continue;
                }
                failures += response.status() == 200 ? 0 : 1;
                if (left.merge(client, -1, (count, one) -> count + one == 0 ? null : count + one) != null) {
                    client.send(route);
                }
            }
            selector.selectedKeys().clear();
        }
        return failures;
    }

    @Override
    public void close() throws IOException {
        for (Client client : clients) {
            client.close();
        }
        selector.close();
    }
}
