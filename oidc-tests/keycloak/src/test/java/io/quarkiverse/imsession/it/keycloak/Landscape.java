package io.quarkiverse.imsession.it.keycloak;

import java.util.Map;

import io.quarkiverse.imsession.test.RedisServer;

/** Keycloak, Redis, and the applications. Started once for all tests, and stopped with their process. */
public final class Landscape {

    private static Landscape landscape;

    final RedisServer redis = RedisServer.start();
    final Application shop = new Application("../application/target");
    final Application plain = new Application("target");
    final Keycloak keycloak = Keycloak.start(Map.of("SHOP", shop.uri(), "PLAIN", plain.uri()));

    private Landscape() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop));
        shop.start(keycloak, redis);
    }

    static synchronized Landscape get() {
        if (landscape == null) {
            landscape = new Landscape();
        }
        return landscape;
    }

    /** The address of the shop. */
    public static String shop() {
        return get().shop.uri();
    }

    /** The administrator logs a user out of all sessions. */
    public static void endSessionsOf(String user) {
        get().keycloak.endSessionsOf(user);
    }

    private void stop() {
        shop.close();
        plain.close();
        keycloak.close();
        redis.close();
    }
}
