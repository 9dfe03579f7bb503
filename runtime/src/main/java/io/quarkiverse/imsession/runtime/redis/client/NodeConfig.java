package io.quarkiverse.imsession.runtime.redis.client;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

import io.quarkus.redis.runtime.client.config.NetConfig;
import io.quarkus.redis.runtime.client.config.RedisClientConfig;
import io.quarkus.redis.runtime.client.config.TlsConfig;
import io.vertx.redis.client.ProtocolVersion;
import io.vertx.redis.client.RedisClientType;
import io.vertx.redis.client.RedisClusterTransactions;
import io.vertx.redis.client.RedisReplicas;
import io.vertx.redis.client.RedisRole;
import io.vertx.redis.client.RedisTopology;

/**
 * The settings for a connection to one node of a cluster: those of the cluster, but for the host.
 *
 * @param cluster the settings of the client of the cluster
 * @param host the URI of the node
 */
public record NodeConfig(RedisClientConfig cluster, URI host) implements RedisClientConfig {

    /** @param address host and port */
    public static NodeConfig of(RedisClientConfig cluster, String address) {
        URI any = cluster.hosts().orElse(Set.of()).stream().findFirst().orElse(URI.create("redis://localhost"));
        String login = any.getRawUserInfo() == null ? "" : any.getRawUserInfo() + '@';
        int port = address.lastIndexOf(':');
        String host = address.substring(0, port);
        String literal = host.contains(":") ? '[' + host + ']' : host;
        String query = any.getRawQuery() == null ? "" : '?' + any.getRawQuery();
        return new NodeConfig(cluster,
                URI.create(any.getScheme() + "://" + login + literal + address.substring(port) + query));
    }

    @Override
    public Optional<Set<URI>> hosts() {
        return Optional.of(Set.of(host));
    }

    @Override
    public Optional<String> hostsProviderName() {
        return Optional.empty();
    }

    @Override
    public RedisClientType clientType() {
        return RedisClientType.STANDALONE;
    }

    @Override
    public Optional<String> masterName() {
        return Optional.empty();
    }

    @Override
    public Optional<RedisRole> role() {
        return Optional.empty();
    }

    @Override
    public boolean active() {
        return cluster.active();
    }

    @Override
    public Duration timeout() {
        return cluster.timeout();
    }

    @Override
    public Optional<RedisReplicas> replicas() {
        return cluster.replicas();
    }

    @Override
    public Optional<String> password() {
        return cluster.password();
    }

    @Override
    public int maxPoolSize() {
        return cluster.maxPoolSize();
    }

    @Override
    public int maxPoolWaiting() {
        return cluster.maxPoolWaiting();
    }

    @Override
    public Optional<Duration> poolCleanerInterval() {
        return cluster.poolCleanerInterval();
    }

    @Override
    public Optional<Duration> poolRecycleTimeout() {
        return cluster.poolRecycleTimeout();
    }

    @Override
    public int maxWaitingHandlers() {
        return cluster.maxWaitingHandlers();
    }

    @Override
    public int maxNestedArrays() {
        return cluster.maxNestedArrays();
    }

    @Override
    public int reconnectAttempts() {
        return cluster.reconnectAttempts();
    }

    @Override
    public Duration reconnectInterval() {
        return cluster.reconnectInterval();
    }

    @Override
    public boolean protocolNegotiation() {
        return cluster.protocolNegotiation();
    }

    @Override
    public Optional<ProtocolVersion> preferredProtocolVersion() {
        return cluster.preferredProtocolVersion();
    }

    @Override
    public Duration hashSlotCacheTtl() {
        return cluster.hashSlotCacheTtl();
    }

    @Override
    public Optional<Duration> topologyCacheTtl() {
        return cluster.topologyCacheTtl();
    }

    @Override
    public boolean autoFailover() {
        return cluster.autoFailover();
    }

    @Override
    public Optional<RedisTopology> topology() {
        return cluster.topology();
    }

    @Override
    public Optional<RedisClusterTransactions> clusterTransactions() {
        return cluster.clusterTransactions();
    }

    @Override
    public NetConfig tcp() {
        return cluster.tcp();
    }

    @Override
    public TlsConfig tls() {
        return cluster.tls();
    }

    @Override
    public Optional<String> clientName() {
        return cluster.clientName();
    }

    @Override
    public Boolean configureClientName() {
        return cluster.configureClientName();
    }

    @Override
    public Optional<String> tlsConfigurationName() {
        return cluster.tlsConfigurationName();
    }
}
