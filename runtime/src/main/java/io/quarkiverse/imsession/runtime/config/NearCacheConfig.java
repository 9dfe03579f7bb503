package io.quarkiverse.imsession.runtime.config;

import java.time.Duration;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.WithDefault;

/** Sessions in the memory of the application, between requests. */
public interface NearCacheConfig {

    /**
     * Whether sessions are kept in the memory of the application, so that a request that only reads does not ask the store.
     * Redis and PostgreSQL tell at once which sessions change. Each client sees its own changes on every instance; changes by
     * others, log-outs among them, are seen when the store has told them, and at the latest after `near-cache.max-silence`.
     */
    @WithDefault("false")
    boolean enabled();

    /** The greatest number of sessions in memory. The ones that are used least make room. */
    @WithDefault("100000")
    long maxSessions();

    /** The memory that these sessions may take, by an estimate. The ones that are used least make room. */
    @WithDefault("64M")
    MemorySize maxSize();

    /**
     * How long the store may be silent until every request asks it again, for example when the network hangs. It is asked for
     * several signs of life in this time.
     */
    @WithDefault("1S")
    Duration maxSilence();
}
