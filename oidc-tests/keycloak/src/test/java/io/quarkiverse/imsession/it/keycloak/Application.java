package io.quarkiverse.imsession.it.keycloak;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.quarkiverse.imsession.test.PackagedApplication;
import io.quarkiverse.imsession.test.RedisServer;

/** Two instances of a packaged application behind one address. */
final class Application implements AutoCloseable {

    private static final List<String> JVM = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");
    private static final String SECRET = "a secret of the client that only tests know of";

    private final Path target;
    private final LoadBalancer balancer = new LoadBalancer();
    private final List<PackagedApplication> instances = new ArrayList<>();

    /** @param target the folder where the application was packaged */
    Application(String target) {
        this.target = Path.of(target);
    }

    void start(Keycloak keycloak, RedisServer redis) {
        for (int i = 0; i < 2; i++) {
            instances.add(PackagedApplication.start(target, JVM, "-Dquarkus.oidc.auth-server-url=" + keycloak.realm(),
                    "-Dquarkus.oidc.credentials.secret=" + SECRET, "-Dquarkus.redis.hosts=" + redis.uri()));
        }
        balancer.serve(instances.stream().map(PackagedApplication::uri).toList());
    }

    /** Where browsers find it, and Keycloak. */
    String uri() {
        return balancer.uri();
    }

    Stream<String> instances() {
        return instances.stream().map(PackagedApplication::uri);
    }

    @Override
    public void close() {
        instances.forEach(PackagedApplication::close);
        balancer.close();
    }
}
