package io.quarkiverse.imsession.it.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;

import io.quarkiverse.imsession.it.RedisTestResource;
import io.quarkiverse.imsession.test.RedisProxy;
import io.quarkiverse.imsession.test.RedisServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

/** Starts a Redis that writes each change to disk, and a proxy in front of it. */
public class FaultsTestResource implements QuarkusTestResourceLifecycleManager {

    private static volatile RedisProxy proxy;

    /** The proxy of the running test; after one that failed, Quarkus starts another one. */
    static RedisProxy proxy() {
        return proxy;
    }

    @Override
    public Map<String, String> start() {
        try {
            proxy = RedisProxy.start(RedisServer.start("--appendonly", "yes", "--appendfsync", "always", "--dir",
                    Files.createTempDirectory("redis-faults").toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return RedisTestResource.standalone(proxy.uri());
    }

    @Override
    public void stop() {
        proxy.close();
        proxy.server().close();
    }
}
