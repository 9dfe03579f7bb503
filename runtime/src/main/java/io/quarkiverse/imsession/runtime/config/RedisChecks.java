package io.quarkiverse.imsession.runtime.config;

import static io.quarkiverse.imsession.runtime.config.Requirements.require;

import java.net.URI;
import java.time.Duration;
import java.util.Set;

import io.quarkiverse.imsession.runtime.config.ImSessionConfig.RedisConfig;
import io.quarkus.runtime.configuration.ConfigurationException;

/** Refuses settings of the store in Redis that cannot work. */
public final class RedisChecks {

    private static final Set<String> SCHEMES = Set.of("redis", "rediss");

    private RedisChecks() {
    }

    public static void check(RedisConfig redis) {
        Duration command = redis.commandTimeout();
        require(!command.isNegative() && command.toMillis() > 0, "redis.command-timeout", "is not positive",
                "set a duration such as 2S");
        require(redis.replicas() >= 0, "redis.replicas", "is negative",
                "set the number of replicas to wait for, such as 1, or 0 for none");
        Duration wait = redis.replicasTimeout();
        require(!wait.isNegative() && wait.toMillis() > 0, "redis.replicas-timeout", "is not positive",
                "set a duration such as 500MS");
        require(redis.replicas() == 0 || wait.compareTo(command) < 0, "redis.replicas-timeout",
                "is not shorter than quarkus.imsession.redis.command-timeout",
                "set a shorter one such as 500MS, or a longer command-timeout");
        String keyPrefix = redis.keyPrefix();
        require(!keyPrefix.isBlank() && keyPrefix.indexOf('{') < 0 && keyPrefix.indexOf('}') < 0, "redis.key-prefix",
                "is blank or has a brace, which decides the slot of a key in a Redis Cluster",
                "use a plain word such as imsession");
    }

    /**
     * Refuses addresses that the Redis client cannot parse, or parses in an unexpected way.
     *
     * @param property the setting with the addresses
     */
    public static void checkHosts(String property, Set<URI> hosts) {
        if (!hosts.stream().allMatch(RedisChecks::isRedis)) {
            // The address may contain a password.
            throw new ConfigurationException(property + " has an address that the Redis client cannot use: write it as"
                    + " redis://localhost:6379, with rediss:// for TLS, or unix:///path for a socket. The name of a host has"
                    + " no underscores.");
        }
    }

    private static boolean isRedis(URI address) {
        return address.getScheme() != null && (SCHEMES.contains(address.getScheme()) && address.getHost() != null
                || address.getScheme().equals("unix") && address.getPath() != null);
    }
}
