package io.quarkiverse.imsession.benchmarks;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many of parallel changes of one field of one session a server keeps: {@link #ROUNDS} times, {@link #AT_ONCE} connections
 * each add one to it at the same time. What is kept is what the field has in the end.
 *
 * @param answered how many changes were answered 200
 * @param kept how many are kept
 */
record Kept(int answered, int kept) {

    static final int ROUNDS = 20;
    static final int AT_ONCE = 50;

    /** Some store after they have answered: no round meets what is left of the one before. */
    private static final int SETTLE_MILLIS = 100;

    static Kept of(Server server, Database database) throws IOException, InterruptedException {
        database.clear();
        try (Client owner = new Client(server.ports(), "kept", 0);
                LoadGenerator load = new LoadGenerator(server.ports(), AT_ONCE)) {
            String user = owner.user(0);
            owner.call(Route.LOGIN);
            load.join(owner.session());
            // No connection is still being made when the first round begins.
            load.run(Route.PLAIN, AT_ONCE);
            int answered = 0;
            for (int round = 0; round < ROUNDS; round++) {
                answered += AT_ONCE - load.run(Route.INC, AT_ONCE);
                Thread.sleep(SETTLE_MILLIS);
            }
            return new Kept(answered, views(owner.call(Route.READ), user));
        }
    }

    private static int views(Response response, String user) throws IOException {
        Matcher views = Pattern.compile(Pattern.quote(user) + " (\\d+)").matcher(response.body());
        if (response.status() != 200 || !views.find()) {
            throw new IOException("Instead of the number of views the server answered " + response);
        }
        return Integer.parseInt(views.group(1));
    }
}
