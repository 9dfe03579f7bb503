package io.quarkiverse.imsession.runtime.config;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

import io.quarkus.runtime.annotations.ConfigDocDefault;
import io.quarkus.runtime.annotations.ConfigPhase;
import io.quarkus.runtime.annotations.ConfigRoot;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The settings that are fixed when the application is built. */
@ConfigMapping(prefix = "quarkus.imsession")
@ConfigRoot(phase = ConfigPhase.BUILD_AND_RUN_TIME_FIXED)
public interface ImSessionBuildConfig {

    /**
     * Whether the application has sessions. If false, the extension registers nothing, and the build fails for injection points
     * of sessions; an injected `Instance` is unresolvable.
     */
    @WithDefault("true")
    boolean enabled();

    /**
     * The store of sessions. {@code memory} loses all sessions when the application stops, and instances of the application do
     * not share them: use it for development and tests. An application bean of type {@code SessionStore} replaces the store.
     */
    @ConfigDocDefault(value = "`postgresql` with the artifact `quarkus-imsession-postgresql`; else `memory` in development and test"
            + " mode, and `redis` otherwise", escape = false)
    Optional<StoreKind> store();

    /**
     * How clients carry the session token, in order of preference: `cookie` and `bearer` (the `Authorization` header). An
     * application bean of type {@code SessionIdResolver} replaces them.
     */
    @WithDefault("cookie")
    List<ResolverKind> resolvers();

    /**
     * Log-ins with Quarkus Security.
     */
    SecurityBuildConfig security();

    /**
     * A page on which users see where they are logged in.
     */
    DevicesBuildConfig devices();

    /**
     * Notices of log-ins from new clients.
     */
    NoticesBuildConfig notices();

    /**
     * Metrics, if the application has Micrometer.
     */
    MetricsBuildConfig metrics();

    /**
     * Health, if the application has SmallRye Health.
     */
    HealthBuildConfig health();

    /**
     * Redis, if sessions are kept there.
     */
    RedisBuildConfig redis();

    /** The store of sessions. */
    enum StoreKind {
        /** In a Redis or Valkey server, 6.2 or newer. */
        REDIS,
        /** In a PostgreSQL server, 14 or newer, with the artifact `quarkus-imsession-postgresql`. */
        POSTGRESQL,
        /** In the memory of this process. */
        MEMORY
    }

    /** How clients carry the token. */
    enum ResolverKind {
        /** In a cookie. */
        COOKIE,
        /** In the `Authorization` header. */
        BEARER;

        /** The {@code Identifier} by which applications inject this resolver. */
        public String identifier() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Build-time settings of Quarkus Security. */
    interface SecurityBuildConfig {

        /**
         * Whether users can log in to sessions: {@code ImSession.login} stores the name and the roles of the user in the
         * session, and Quarkus Security gets the {@code SecurityIdentity} of later requests from there. The application needs
         * an extension with Quarkus Security, such as `quarkus-security`. Unless configured otherwise, `principal` is then an
         * indexed field. Off by default, as not every application with Quarkus Security keeps log-ins in sessions.
         */
        @WithDefault("false")
        boolean enabled();
    }

    /** Build-time settings of the page of devices. */
    interface DevicesBuildConfig {

        /**
         * The path of a page on which users see where they are logged in, and end it: `/account/devices`, below
         * `quarkus.http.root-path` as the paths of endpoints are. It needs `security.enabled`. It is a page of HTML if the
         * application has Qute, for example by `quarkus-qute`, and JSON beside that, or without it. What is below this path
         * belongs to the page too.
         */
        @ConfigDocDefault("no such page")
        Optional<String> path();
    }

    /** Build-time settings of notices. */
    interface NoticesBuildConfig {

        /**
         * Whether each log-in is compared with the other sessions of its user, and the event `SessionEvent.NewClient` tells of
         * those that none resembles. It costs two reads for each log-in, after its response. It needs `security.enabled`,
         * `client.record-user-agent` or `client.record-address`, and Qute for the page behind the link of a notice.
         */
        @WithDefault("false")
        boolean enabled();

        /**
         * The path of the page behind the link of a notice, which ends the session, below `quarkus.http.root-path`.
         */
        @WithDefault("/account/not-me")
        String path();
    }

    /** Build-time settings of metrics. */
    interface MetricsBuildConfig {

        /**
         * Whether the meters `imsession.*` are registered, if the application has Micrometer, for example by the extension
         * `quarkus-micrometer-registry-prometheus`.
         */
        @WithDefault("true")
        boolean enabled();
    }

    /** Build-time settings of health. */
    interface HealthBuildConfig {

        /**
         * Whether the application is ready only while sessions can be loaded from Redis or PostgreSQL, if it has
         * `quarkus-smallrye-health`. The check waits for the `command-timeout` of the store, while the health check of the
         * Redis client waits for `quarkus.redis.timeout`, and that of the datasource for 20 seconds. The health check of the
         * Redis client is switched off unless the application or another extension depends on `quarkus-redis-client`.
         */
        @WithDefault("true")
        boolean enabled();
    }

    /** Build-time settings of Redis. */
    interface RedisBuildConfig {

        /**
         * The name of the Redis client whose settings ({@code quarkus.redis.<name>.*}) are used. Sessions use separate
         * connections, and none of the pool of that client.
         */
        @WithDefault("<default>")
        @ConfigDocDefault("the default client")
        String clientName();
    }
}
