package io.quarkiverse.imsession.it.browser;

import java.util.Map;

import io.quarkiverse.imsession.test.RedisServer;
import io.quarkiverse.imsession.test.TestCertificate;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.restassured.RestAssured;

/** The addresses of the application, which also has HTTPS with a certificate that nobody signed. */
public class Site implements QuarkusTestResourceLifecycleManager {

    private static volatile int httpsPort;
    private static volatile String publicKeyHash;

    static String http(String host) {
        return "http://" + host + ":" + RestAssured.port;
    }

    static String https(String host) {
        return "https://" + host + ":" + httpsPort;
    }

    /** The hash of the public key of its certificate. */
    static String publicKeyHash() {
        return publicKeyHash;
    }

    @Override
    public Map<String, String> start() {
        TestCertificate certificate = TestCertificate.create();
        publicKeyHash = certificate.publicKeyHash();
        httpsPort = RedisServer.freePort();
        String port = Integer.toString(httpsPort);
        return Map.of("quarkus.http.ssl-port", port, "quarkus.http.test-ssl-port", port,
                "quarkus.http.tls-configuration-name", "site",
                "quarkus.tls.site.key-store.p12.path", certificate.keys().toString(),
                "quarkus.tls.site.key-store.p12.password", TestCertificate.PASSWORD);
    }

    @Override
    public void stop() {
        // The certificate lies in a temporary directory.
    }
}
