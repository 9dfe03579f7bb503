package io.quarkiverse.imsession.runtime;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logging.Logger;

import io.quarkiverse.imsession.ImSessions;
import io.quarkiverse.imsession.JournalEntry.Cause;
import io.quarkiverse.imsession.ReactiveImSessions;
import io.quarkiverse.imsession.SessionEvent.Destroyed;
import io.quarkiverse.imsession.redis.RedisKeys;
import io.quarkiverse.imsession.runtime.admin.BlockingSessions;
import io.quarkiverse.imsession.runtime.admin.SessionAdministration;
import io.quarkiverse.imsession.runtime.config.ApplicationStoreChecks;
import io.quarkiverse.imsession.runtime.config.ConfigChecks;
import io.quarkiverse.imsession.runtime.config.ConfigWarnings;
import io.quarkiverse.imsession.runtime.config.DeviceBoundChecks;
import io.quarkiverse.imsession.runtime.config.DevicesChecks;
import io.quarkiverse.imsession.runtime.config.ImSessionBuildConfig;
import io.quarkiverse.imsession.runtime.config.ImSessionBuildConfig.ResolverKind;
import io.quarkiverse.imsession.runtime.config.ImSessionBuildConfig.StoreKind;
import io.quarkiverse.imsession.runtime.config.ImSessionConfig;
import io.quarkiverse.imsession.runtime.config.RedisChecks;
import io.quarkiverse.imsession.runtime.config.ReferenceConfig.OnLimit;
import io.quarkiverse.imsession.runtime.config.RenamedSettings;
import io.quarkiverse.imsession.runtime.config.SettingsInForce;
import io.quarkiverse.imsession.runtime.config.StoreSettings;
import io.quarkiverse.imsession.runtime.devices.DevicesRenderer;
import io.quarkiverse.imsession.runtime.http.BearerSessionIdResolver;
import io.quarkiverse.imsession.runtime.http.CookieSessionIdResolver;
import io.quarkiverse.imsession.runtime.http.FormLimits;
import io.quarkiverse.imsession.runtime.http.GuardedPaths;
import io.quarkiverse.imsession.runtime.http.MechanismCookies;
import io.quarkiverse.imsession.runtime.http.PathChecks;
import io.quarkiverse.imsession.runtime.http.PathFilter;
import io.quarkiverse.imsession.runtime.http.RefusalHandler;
import io.quarkiverse.imsession.runtime.http.ResolverChain;
import io.quarkiverse.imsession.runtime.journal.Party;
import io.quarkiverse.imsession.runtime.redis.RedisSessionStore;
import io.quarkiverse.imsession.runtime.redis.client.NodeConfig;
import io.quarkiverse.imsession.runtime.redis.client.Replicas;
import io.quarkiverse.imsession.runtime.session.EndedUsers;
import io.quarkiverse.imsession.runtime.session.GuardedStore;
import io.quarkiverse.imsession.runtime.session.SessionEvents;
import io.quarkiverse.imsession.runtime.session.SessionMarker;
import io.quarkiverse.imsession.runtime.session.TokenCodec;
import io.quarkiverse.imsession.runtime.store.MemorySessionStore;
import io.quarkiverse.imsession.runtime.store.SessionLimit;
import io.quarkiverse.imsession.runtime.store.SessionLimits;
import io.quarkiverse.imsession.spi.SessionIdResolver;
import io.quarkiverse.imsession.spi.SessionStore;
import io.quarkus.arc.Arc;
import io.quarkus.arc.InstanceHandle;
import io.quarkus.arc.SyntheticCreationalContext;
import io.quarkus.proxy.ProxyConfigurationRegistry;
import io.quarkus.redis.runtime.client.VertxRedisClientFactory;
import io.quarkus.redis.runtime.client.config.RedisClientConfig;
import io.quarkus.redis.runtime.client.config.RedisConfig;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.RuntimeValue;
import io.quarkus.runtime.ShutdownContext;
import io.quarkus.runtime.annotations.Recorder;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.quarkus.vertx.http.runtime.VertxHttpConfig;
import io.quarkus.vertx.http.runtime.cors.CORSFilter;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.config.SmallRyeConfig;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.redis.client.RedisClientType;
import io.vertx.redis.client.RedisReplicas;

/** Puts the parts together when the application starts. */
@Recorder
public class ImSessionRecorder {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.imsession");

    private final ImSessionBuildConfig buildConfig;
    private final RuntimeValue<ImSessionConfig> config;
    private final RuntimeValue<RedisConfig> redisConfig;
    private final RuntimeValue<VertxHttpConfig> httpConfig;

    public ImSessionRecorder(ImSessionBuildConfig buildConfig, RuntimeValue<ImSessionConfig> config,
            RuntimeValue<RedisConfig> redisConfig, RuntimeValue<VertxHttpConfig> httpConfig) {
        this.buildConfig = buildConfig;
        this.config = config;
        this.redisConfig = redisConfig;
        this.httpConfig = httpConfig;
    }

    public Function<SyntheticCreationalContext<SessionStore>, SessionStore> memoryStore() {
        return context -> {
            ConfigWarnings.ofMemory(LaunchMode.current()).ifPresent(LOG::warn);
            return new MemorySessionStore(config.getValue().memory().maxSessions(),
                    context.getInjectedReference(SessionLimits.class));
        };
    }

    public Function<SyntheticCreationalContext<SessionStore>, SessionStore> redisStore(String clientName,
            Supplier<TlsConfigurationRegistry> tls, Supplier<ProxyConfigurationRegistry> proxies, ShutdownContext shutdown) {
        return context -> {
            ImSessionConfig.RedisConfig redis = config.getValue().redis();
            RedisChecks.check(redis);
            ConfigWarnings.ofRedis(redis).ifPresent(LOG::warn);
            Vertx vertx = context.getInjectedReference(Vertx.class);
            RedisClientConfig client = redisConfig.getValue().clients().get(clientName);
            if (client.hosts().isEmpty() && client.hostsProviderName().isEmpty()) {
                String key = RedisConfig.getPropertyName(clientName, "hosts");
                throw new ConfigurationException("Sessions are kept in Redis, but no Redis is configured: set " + key
                        + ", for example to redis://localhost:6379, or build with quarkus.imsession.store=memory");
            }
            client.hosts()
                    .ifPresent(hosts -> RedisChecks.checkHosts(RedisConfig.getPropertyName(clientName, "hosts"), hosts));
            ConfigWarnings.ofSentinels(client.clientType() == RedisClientType.SENTINEL, client.autoFailover(),
                    RedisConfig.getPropertyName(clientName, "auto-failover")).ifPresent(LOG::warn);
            if (config.getValue().nearCache().enabled()
                    && client.replicas().orElse(RedisReplicas.NEVER) != RedisReplicas.NEVER) {
                throw new ConfigurationException("quarkus.imsession.near-cache.enabled is true, but "
                        + RedisConfig.getPropertyName(clientName, "replicas") + " lets replicas answer, which may still have a"
                        + " session that was ended: the near cache would keep it. Remove one of the settings");
            }
            RedisSessionStore store = new RedisSessionStore(vertx,
                    () -> VertxRedisClientFactory.create(clientName, vertx, client, tls.get(), proxies.get()),
                    client.clientType() != RedisClientType.CLUSTER ? null
                            : node -> VertxRedisClientFactory.create(clientName, vertx, NodeConfig.of(client, node), tls.get(),
                                    proxies.get()),
                    context.getInjectedReference(RedisKeys.class), redis.commandTimeout(),
                    new Replicas(redis.replicas(), redis.replicasTimeout()),
                    config.getValue().referenceFields(), context.getInjectedReference(SessionLimits.class));
            shutdown.addShutdownTask(store::close);
            return store;
        };
    }

    /** The limits of references, for the built-in stores. */
    public Function<SyntheticCreationalContext<SessionLimits>, SessionLimits> sessionLimits() {
        return context -> {
            Map<String, SessionLimit> limits = new HashMap<>();
            config.getValue().references().forEach((field, reference) -> reference.maxSessions().ifPresent(
                    max -> limits.put(field, new SessionLimit(max, reference.onLimit() == OnLimit.DESTROY_OLDEST))));
            // The runtime needs the store, which needs these limits. So it is looked up when a session has been ended.
            return new SessionLimits(limits, (id, full) -> {
                SessionEvents events = runtime().events();
                events.fire(new Destroyed(id, Destroyed.Cause.LIMIT));
                events.journal().ended(id, full, null, Party.of(Cause.LIMIT));
            });
        };
    }

    /** What is shown of the store; nothing of that of the application. */
    public Function<SyntheticCreationalContext<StoreSettings>, StoreSettings> storeSettings(Optional<StoreKind> kind) {
        return context -> {
            if (kind.equals(Optional.of(StoreKind.MEMORY))) {
                return new StoreSettings(SettingsInForce.ofMemory(config.getValue()), id -> "");
            }
            return kind.equals(Optional.of(StoreKind.REDIS))
                    ? new StoreSettings(SettingsInForce.ofRedis(buildConfig, config.getValue()),
                            new RedisKeys(config.getValue().redis().keyPrefix())::session)
                    : StoreSettings.NONE;
        };
    }

    /** @param logins whether users can log in */
    public Function<SyntheticCreationalContext<SessionRuntime>, SessionRuntime> runtime(boolean logins,
            ShutdownContext shutdown) {
        return context -> {
            SessionRuntime runtime = new SessionRuntime(config.getValue(), context.getInjectedReference(SessionStore.class),
                    logins, Arc.container(), context.getInjectedReference(Vertx.class));
            shutdown.addShutdownTask(runtime::stop);
            return runtime;
        };
    }

    public Function<SyntheticCreationalContext<SessionIdResolver>, SessionIdResolver> cookieResolver() {
        return context -> new CookieSessionIdResolver(config.getValue().cookie());
    }

    public Function<SyntheticCreationalContext<SessionIdResolver>, SessionIdResolver> bearerResolver() {
        return context -> new BearerSessionIdResolver(config.getValue().bearer().responseHeader());
    }

    public Function<SyntheticCreationalContext<SessionIdResolver>, SessionIdResolver> resolver(List<ResolverKind> kinds) {
        return context -> {
            List<SessionIdResolver> resolvers = new ArrayList<>();
            for (ResolverKind kind : kinds) {
                resolvers.add(context.getInjectedReference(SessionIdResolver.class, Identifier.Literal.of(kind.identifier())));
            }
            TokenCodec tokens = context.getInjectedReference(SessionRuntime.class).tokens();
            return resolvers.size() == 1 ? resolvers.get(0)
                    : new ResolverChain(resolvers, text -> tokens.decode(text) != null);
        };
    }

    public Function<SyntheticCreationalContext<RedisKeys>, RedisKeys> redisKeys() {
        return context -> new RedisKeys(config.getValue().redis().keyPrefix());
    }

    public Function<SyntheticCreationalContext<ReactiveImSessions>, ReactiveImSessions> reactiveSessions() {
        return context -> context.getInjectedReference(SessionRuntime.class).administration();
    }

    public Function<SyntheticCreationalContext<ImSessions>, ImSessions> sessions() {
        return context -> new BlockingSessions(context.getInjectedReference(SessionRuntime.class).administration());
    }

    public Function<SyntheticCreationalContext<SessionAdministration>, SessionAdministration> administration() {
        return context -> context.getInjectedReference(SessionRuntime.class).administration();
    }

    public Function<SyntheticCreationalContext<EndedUsers>, EndedUsers> endedUsers() {
        return context -> context.getInjectedReference(SessionRuntime.class).endedUsers();
    }

    public Function<SyntheticCreationalContext<GuardedStore>, GuardedStore> guardedStore() {
        return context -> context.getInjectedReference(SessionRuntime.class).store();
    }

    private static SessionRuntime runtime() {
        return Arc.container().instance(SessionRuntime.class).get();
    }

    /**
     * Refuses settings that cannot work.
     *
     * @param applicationStore whether the application has its own store
     * @param cookies whether clients can carry the token in a cookie
     */
    public void checkConfig(boolean applicationStore, boolean cookies) {
        RenamedSettings.check(ConfigProvider.getConfig().unwrap(SmallRyeConfig.class));
        ConfigChecks.check(config.getValue(), config.getValue().cookie().isSecure());
        PathChecks.check(config.getValue());
        DeviceBoundChecks.checkCookies(config.getValue(), cookies);
        if (applicationStore) {
            ApplicationStoreChecks.check(config.getValue(), runtime().store().isIndexed(),
                    runtime().store().journals() != null);
        }
    }

    /**
     * Logs the effective settings, from defaults, profiles and the environment, and warns about doubtful ones.
     *
     * @param store the description of the store
     * @param resolvers how clients carry the token
     */
    public void logSettings(String store, String resolvers) {
        LOG.info(SettingsInForce.line(store, resolvers, buildConfig, config.getValue()));
        ConfigWarnings.of(config.getValue(), httpConfig.getValue().cors()).forEach(LOG::warn);
    }

    /**
     * Adds the first routes of the application.
     *
     * @param notOfTheApplication paths without sessions unless the configuration names them
     * @param staticResources paths whose GET and HEAD requests have no sessions unless the configuration names them, or a
     *        policy guards them and users log in to sessions
     * @param rootPath the root path of the application
     * @param logIns exact paths of endpoints of Quarkus at which users log in and out, which have sessions
     * @param pages paths of pages of the extension, which have sessions with all that is below them
     * @param spans marks the spans of traces, if the application has any
     * @param cors the filters of the application, one of which may be that of CORS
     */
    public void installFilter(RuntimeValue<Router> router, List<String> notOfTheApplication, List<String> staticResources,
            String rootPath, List<String> logIns, List<String> pages, Optional<RuntimeValue<SessionMarker>> spans,
            List<Handler<RoutingContext>> cors) {
        PathChecks.checkLogIns(config.getValue(), logIns);
        PathChecks.checkPages(config.getValue(), pages);
        List<String> alsoIncluded = new ArrayList<>(logIns);
        pages.forEach(page -> alsoIncluded.add(page + "/*"));
        runtime().route(router.getValue(), Arc.container().instance(SessionIdResolver.class).get(),
                new PathFilter(config.getValue().includePaths(), config.getValue().excludePaths(), notOfTheApplication,
                        unguarded(staticResources, rootPath), alsoIncluded),
                FormLimits.of(httpConfig.getValue().limits()),
                cors.stream().filter(CORSFilter.class::isInstance).findFirst().orElse(null), spans.map(RuntimeValue::getValue),
                Arc.container().listAll(MechanismCookies.class).stream().map(InstanceHandle::get).toList(), logIns,
                pages, rootPath);
    }

    /**
     * Makes the page of devices.
     *
     * @param path its path, with the root path of the application
     */
    public Handler<RoutingContext> devices(String path) {
        DevicesChecks.checkPage(config.getValue(), runtime().store().isIndexed());
        InstanceHandle<DevicesRenderer> renderer = Arc.container().instance(DevicesRenderer.class);
        return runtime().devices(path, renderer.isAvailable() ? renderer.get() : null);
    }

    /**
     * Begins to tell of log-ins from new clients, and makes the page behind the link.
     *
     * @param path its path, with the root path of the application
     */
    public Handler<RoutingContext> notices(String path) {
        DevicesChecks.checkNotices(config.getValue(), runtime().store().isIndexed());
        return runtime().notices(path, Arc.container().instance(DevicesRenderer.class).get());
    }

    private List<String> unguarded(List<String> staticResources, String rootPath) {
        if (!buildConfig.security().enabled()) {
            return staticResources;
        }
        GuardedPaths guarded = new GuardedPaths(httpConfig.getValue().auth().permissions().values(), rootPath);
        return staticResources.stream().filter(path -> !guarded.guards(path)).toList();
    }

    /**
     * Makes the handler that answers refused requests that no other failure handler has answered.
     *
     * @param mappers lets exception mappers answer, if the application can have any
     */
    public Handler<RoutingContext> refusals(Optional<RuntimeValue<Handler<RoutingContext>>> mappers) {
        return new RefusalHandler(mappers.map(RuntimeValue::getValue).orElse(null));
    }

    /** Adds the handler outside of the root path too, where Quarkus has no failure handlers. */
    public void installRefusals(RuntimeValue<Router> mainRouter, Handler<RoutingContext> refusals) {
        mainRouter.getValue().route().last().failureHandler(refusals);
    }
}
