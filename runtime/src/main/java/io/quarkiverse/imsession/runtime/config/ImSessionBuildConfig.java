package io.quarkiverse.imsession.runtime.config;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

import io.quarkus.runtime.annotations.ConfigDocDefault;
import io.quarkus.runtime.annotations.ConfigPhase;
import io.quarkus.runtime.annotations.ConfigRoot;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What is decided when the application is built. */
@ConfigMapping(prefix = "quarkus.imsession")
@ConfigRoot(phase = ConfigPhase.BUILD_AND_RUN_TIME_FIXED)
public interface ImSessionBuildConfig {

    /**
     * Whether the application has sessions. If not, nothing is registered, and injection points of sessions fail the build;
     * those of `Instance` are unresolvable.
     */
    @WithDefault("true")
    boolean enabled();

    /**
     * Where sessions are kept. {@code memory} loses them when the application stops, and several instances do not share
     * them: it is for development and tests. An application bean of type {@code SessionStore} replaces either.
     */
    @ConfigDocDefault(value = "`memory` in development and test mode, `redis` otherwise", escape = false)
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

    /** Where sessions are kept. */
    enum StoreKind {
        /** In a Redis or Valkey server, 6.2 or newer. */
        REDIS,
        /** In the memory of this process. */
        MEMORY
    }

    /** How clients carry the token. */
    enum ResolverKind {
        /** In a cookie. */
        COOKIE,
        /** In the `Authorization` header. */
        BEARER;

        /** By which applications inject its resolver. */
        public String identifier() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Build-time settings of Quarkus Security. */
    interface SecurityBuildConfig {

        /**
         * Whether sessions log users in: {@code ImSession.login} keeps who it is and their roles in the session, and Quarkus
         * Security gets its {@code SecurityIdentity} from there. The application needs an extension that brings Quarkus
         * Security, such as `quarkus-security`. Unless it is configured otherwise this also finds sessions by `principal`.
         * Off by default: a security extension alone does not tell whether its log-ins are to be kept in sessions.
         */
        @WithDefault("false")
        boolean enabled();
    }

    /** Build-time settings of metrics. */
    interface MetricsBuildConfig {

        /**
         * Whether the meters `imsession.*` are there, in an application that has Micrometer, for example by
         * `quarkus-micrometer-registry-prometheus`. Without it there are none in any case.
         */
        @WithDefault("true")
        boolean enabled();
    }

    /** Build-time settings of health. */
    interface HealthBuildConfig {

        /**
         * Whether readiness depends on sessions being loadable from Redis, in an application with `quarkus-smallrye-health`.
         * The
         * check waits for `quarkus.imsession.redis.command-timeout`, and not for `quarkus.redis.timeout` as the one of the
         * Redis
         * client does. The health check of the Redis client is switched off where only sessions need that client, that is,
         * unless the application or another extension depends on `quarkus-redis-client`.
         */
        @WithDefault("true")
        boolean enabled();
    }

    /** Build-time settings of Redis. */
    interface RedisBuildConfig {

        /**
         * The name of the Redis client whose settings ({@code quarkus.redis.<name>.*}) are used. Sessions have connections of
         * their own, so the pool of that client is not touched.
         */
        @WithDefault("<default>")
        @ConfigDocDefault("the default client")
        String clientName();
    }
}
