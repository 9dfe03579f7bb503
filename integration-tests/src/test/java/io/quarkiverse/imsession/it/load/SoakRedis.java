package io.quarkiverse.imsession.it.load;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

import io.quarkiverse.imsession.test.RedisServer;

/** A Redis of its own. */
final class SoakRedis implements SoakStore {

    /** By their last command, which is none of those that the test sends. */
    private static final Pattern OF_APPLICATION = Pattern.compile(" cmd=(?!NULL|client|config|info|dbsize|keys)");

    private final RedisServer redis = RedisServer.start();

    @Override
    public String name() {
        return "Redis";
    }

    @Override
    public List<String> settings() {
        return List.of("-Dquarkus.redis.hosts=" + redis.uri(),
                "-Dquarkus.imsession.redis.command-timeout=" + Lifetimes.COMMAND_TIMEOUT);
    }

    @Override
    public long connections() {
        return ((String) redis.command("CLIENT", "LIST")).lines().filter(OF_APPLICATION.asPredicate()).count();
    }

    /** One for each event loop, two of them for each core, and one for other threads. */
    @Override
    public int mostConnections() {
        return 2 * Runtime.getRuntime().availableProcessors() + 1;
    }

    @Override
    public long entries() {
        return (Long) redis.command("DBSIZE");
    }

    @Override
    public void hold(Duration longest) {
        redis.command("CLIENT", "PAUSE", Long.toString(longest.toMillis()), "WRITE");
    }

    @Override
    public boolean isHolding() {
        return ((String) redis.command("INFO", "clients")).lines().anyMatch(line -> line.matches("blocked_clients:[1-9].*"));
    }

    @Override
    public void goOn() {
        redis.command("CLIENT", "UNPAUSE");
    }

    @Override
    public void close() {
        redis.close();
    }
}
