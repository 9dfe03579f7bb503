package io.quarkiverse.imsession.deployment;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.runtime.config.ImSessionBuildConfig.StoreKind;
import io.quarkus.bootstrap.classloading.ClassPathElement;
import io.quarkus.bootstrap.classloading.QuarkusClassLoader;
import io.quarkus.maven.dependency.ResolvedDependency;
import io.quarkus.runtime.LaunchMode;
import io.smallrye.config.ConfigSourceInterceptor;
import io.smallrye.config.ConfigSourceInterceptorContext;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.SmallRyeConfigBuilder;

/**
 * Switches the dev service and the health check of quarkus-redis-client off in applications in which only sessions
 * need it. Otherwise it would start a container even if sessions are kept elsewhere, and would add a health check that waits
 * for {@code quarkus.redis.timeout}, beside ours with {@code redis.command-timeout}. Only these two settings control its build
 * steps, and they are read before any build step runs.
 * <p>
 * Settings of the user take precedence, and an application that has quarkus-redis-client for another reason keeps its defaults.
 */
public final class UnusedRedisInterceptor implements ConfigSourceInterceptor {

    private static final long serialVersionUID = 1L;

    private static final String DEV_SERVICE = "quarkus.redis.devservices.enabled";
    private static final String HEALTH_CHECK = "quarkus.redis.health.enabled";
    private static final String ENABLED = "quarkus.imsession.enabled";
    private static final String POSTGRESQL = "quarkus-imsession-postgresql";
    private static final String STORE = "quarkus.imsession.store";

    @Override
    public @Nullable ConfigValue getValue(ConfigSourceInterceptorContext context, String name) {
        ConfigValue value = context.proceed(name);
        boolean known = name.equals(HEALTH_CHECK) || name.equals(DEV_SERVICE);
        if (!known || value != null && value.getConfigSourceOrdinal() != Integer.MIN_VALUE || !isOff(name, context)) {
            return value;
        }
        return ConfigValue.builder().withName(name).withValue("false").withRawValue("false")
                .withConfigSourceName("quarkus-imsession: only sessions need it")
                .withConfigSourceOrdinal(Integer.MIN_VALUE).build();
    }

    /** A setting of the default client counts only if its name is known. */
    @Override
    public Iterator<String> iterateNames(ConfigSourceInterceptorContext context) {
        Set<String> names = new LinkedHashSet<>();
        context.iterateNames().forEachRemaining(names::add);
        for (String name : List.of(HEALTH_CHECK, DEV_SERVICE)) {
            if (isOff(name, context)) {
                names.add(name);
            }
        }
        return names.iterator();
    }

    private static boolean isOff(String name, ConfigSourceInterceptorContext context) {
        if (!(Thread.currentThread().getContextClassLoader() instanceof QuarkusClassLoader loader)) {
            return false;
        }
        List<ResolvedDependency> dependencies = dependencies(loader);
        return (name.equals(HEALTH_CHECK) || !needsRedis(context, dependencies)) && RedisDependents.areOnlyOurs(dependencies);
    }

    private static boolean needsRedis(ConfigSourceInterceptorContext context, List<ResolvedDependency> dependencies) {
        String enabled = value(context, ENABLED);
        if (enabled != null && !new SmallRyeConfigBuilder().build().convert(enabled, Boolean.class)) {
            return false;
        }
        String store = value(context, STORE);
        return store == null ? !LaunchMode.current().isDevOrTest() && !hasPostgresql(dependencies)
                : store.equalsIgnoreCase(StoreKind.REDIS.name());
    }

    /** Whether sessions are kept in PostgreSQL if no setting says where. Capabilities are not known yet. */
    private static boolean hasPostgresql(List<ResolvedDependency> dependencies) {
        return dependencies.stream().anyMatch(dependency -> dependency.getArtifactId().equals(POSTGRESQL)
                && dependency.getGroupId().equals("io.quarkiverse.imsession"));
    }

    private static @Nullable String value(ConfigSourceInterceptorContext context, String name) {
        ConfigValue value = context.restart(name);
        return value == null || value.getValue() == null || value.getValue().isBlank() ? null : value.getValue().trim();
    }

    /** The dependencies of the application. While the configuration is read, only the class loader knows them. */
    private static List<ResolvedDependency> dependencies(QuarkusClassLoader loader) {
        List<ResolvedDependency> dependencies = new ArrayList<>();
        for (ClassPathElement element : loader.getElementsWithResource("META-INF")) {
            ResolvedDependency dependency = element.getResolvedDependency();
            if (dependency != null) {
                dependencies.add(dependency);
            }
        }
        return dependencies;
    }
}
