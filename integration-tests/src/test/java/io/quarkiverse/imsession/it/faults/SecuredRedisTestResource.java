package io.quarkiverse.imsession.it.faults;

import java.util.Map;

import io.quarkiverse.imsession.test.RedisProxy;
import io.quarkiverse.imsession.test.RedisServer;
import io.quarkiverse.imsession.test.TestCertificate;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

/** Starts a Redis where the application has a user with a password, and a proxy that speaks TLS in front of it. */
public class SecuredRedisTestResource implements QuarkusTestResourceLifecycleManager {

    static final String USER = "app";
    static final String PASSWORD = "right";

    private static volatile RedisProxy proxy;
    private static volatile TestCertificate certificate;

    /** The proxy of the running test; after one that failed, Quarkus starts another one. */
    static RedisProxy proxy() {
        return proxy;
    }

    /** The one that the application trusts. */
    static TestCertificate certificate() {
        return certificate;
    }

    @Override
    public Map<String, String> start() {
        certificate = TestCertificate.create();
        RedisServer server = RedisServer.start();
        server.command("ACL", "SETUSER", USER, "on", ">" + PASSWORD, "~imsession:*", "+@all");
        proxy = RedisProxy.start(server, certificate.server());
        return Map.of("quarkus.redis.hosts", proxy.uri().replace("://", "://" + USER + ':' + PASSWORD + '@'),
                "quarkus.redis.client-type", "standalone",
                "quarkus.redis.tls-configuration-name", "redis",
                "quarkus.tls.redis.trust-store.pem.certs", certificate.pem().toString(),
                "quarkus.tls.redis.hostname-verification-algorithm", "HTTPS");
    }

    @Override
    public void stop() {
        proxy.close();
        proxy.server().close();
    }
}
