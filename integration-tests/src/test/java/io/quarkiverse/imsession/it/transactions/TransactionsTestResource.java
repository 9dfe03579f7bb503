package io.quarkiverse.imsession.it.transactions;

import java.util.Map;

import io.quarkiverse.imsession.it.RedisTestResource;
import io.quarkiverse.imsession.test.RedisProxy;
import io.quarkiverse.imsession.test.RedisServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

/** Starts a Redis, and a proxy in front of it that counts commands and cuts connections. */
public class TransactionsTestResource implements QuarkusTestResourceLifecycleManager {

    private static volatile RedisProxy proxy;

    /** The proxy of the running test; after one that failed, Quarkus starts another one. */
    static RedisProxy proxy() {
        return proxy;
    }

    @Override
    public Map<String, String> start() {
        proxy = RedisProxy.start(RedisServer.start());
        return RedisTestResource.standalone(proxy.uri());
    }

    @Override
    public void stop() {
        proxy.close();
        proxy.server().close();
    }
}
