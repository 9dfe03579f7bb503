package io.quarkiverse.imsession.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.SessionEvent;
import io.quarkiverse.imsession.runtime.admin.SessionAdministration;
import io.quarkiverse.imsession.runtime.config.ActingChecks;
import io.quarkiverse.imsession.runtime.config.CsrfConfig.CsrfMode;
import io.quarkiverse.imsession.runtime.config.DeviceBoundConfig;
import io.quarkiverse.imsession.runtime.config.ImSessionConfig;
import io.quarkiverse.imsession.runtime.config.JournalConfig;
import io.quarkiverse.imsession.runtime.config.NearCacheConfig;
import io.quarkiverse.imsession.runtime.devices.DevicesPage;
import io.quarkiverse.imsession.runtime.devices.DevicesRenderer;
import io.quarkiverse.imsession.runtime.devices.NoticePage;
import io.quarkiverse.imsession.runtime.devices.Notices;
import io.quarkiverse.imsession.runtime.http.ClearSiteData;
import io.quarkiverse.imsession.runtime.http.ClientAttributes;
import io.quarkiverse.imsession.runtime.http.CsrfFilter;
import io.quarkiverse.imsession.runtime.http.DeviceEndpoints;
import io.quarkiverse.imsession.runtime.http.DeviceExchange;
import io.quarkiverse.imsession.runtime.http.Exchange;
import io.quarkiverse.imsession.runtime.http.FormLimits;
import io.quarkiverse.imsession.runtime.http.MechanismCookies;
import io.quarkiverse.imsession.runtime.http.PathFilter;
import io.quarkiverse.imsession.runtime.http.Refusals;
import io.quarkiverse.imsession.runtime.http.SessionFilter;
import io.quarkiverse.imsession.runtime.journal.SessionJournal;
import io.quarkiverse.imsession.runtime.observability.MdcMarker;
import io.quarkiverse.imsession.runtime.session.ChangesOfSessions;
import io.quarkiverse.imsession.runtime.session.DeviceBindings;
import io.quarkiverse.imsession.runtime.session.EndedUsers;
import io.quarkiverse.imsession.runtime.session.GuardedStore;
import io.quarkiverse.imsession.runtime.session.ProofVerifier;
import io.quarkiverse.imsession.runtime.session.SessionCommitter;
import io.quarkiverse.imsession.runtime.session.SessionEndListener;
import io.quarkiverse.imsession.runtime.session.SessionEvents;
import io.quarkiverse.imsession.runtime.session.SessionLoader;
import io.quarkiverse.imsession.runtime.session.SessionMarker;
import io.quarkiverse.imsession.runtime.session.SessionMetrics;
import io.quarkiverse.imsession.runtime.session.SessionObservers;
import io.quarkiverse.imsession.runtime.session.SessionPolicy;
import io.quarkiverse.imsession.runtime.session.TokenCodec;
import io.quarkiverse.imsession.runtime.session.UpdateTurns;
import io.quarkiverse.imsession.runtime.store.MemorySessionStore;
import io.quarkiverse.imsession.runtime.store.NearCache;
import io.quarkiverse.imsession.spi.JournalStore;
import io.quarkiverse.imsession.spi.SessionChanges;
import io.quarkiverse.imsession.spi.SessionIdResolver;
import io.quarkiverse.imsession.spi.SessionStore;
import io.quarkus.arc.ArcContainer;
import io.quarkus.arc.InstanceHandle;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/**
 * The parts of the extension in a running application, but for those that the application may replace or inject, which
 * {@link ImSessionRecorder} makes. Each of them is created here, once.
 */
public final class SessionRuntime {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.imsession");
    /** How long the application waits for the journal when it stops. */
    private static final Duration STOP = Duration.ofSeconds(2);

    private final ImSessionConfig config;
    private final GuardedStore store;
    private final SessionPolicy policy;
    private final SessionObservers observers;
    private final SessionJournal journal;
    private final SessionEvents events;
    private final TokenCodec tokens;
    private final SessionLoader loader;
    private final SessionCommitter committer;
    private final @Nullable DeviceBindings devices;
    private final EndedUsers endedUsers;
    private final SessionAdministration administration;

    /**
     * @param kept the store of the sessions
     * @param logins whether users can log in
     */
    SessionRuntime(ImSessionConfig config, SessionStore kept, boolean logins, ArcContainer container, Vertx vertx) {
        this.config = config;
        InstanceHandle<SessionMetrics> meters = container.instance(SessionMetrics.class);
        SessionMetrics metrics = meters.isAvailable() ? meters.get() : SessionMetrics.NONE;
        if (kept instanceof MemorySessionStore memory) {
            metrics.active(memory::count);
        }
        NearCache near = near(config, kept);
        store = new GuardedStore(kept, metrics, near);
        if (!store.isTransactional()) {
            LOG.warnf("The session store %s is not transactional: of parallel updates of one field the last one wins, and the"
                    + " others are lost. Let SessionStore.update() compare the fields of SessionUpdate.expected(), for example by"
                    + " AppliedUpdate, and isTransactional() return true", kept.getClass().getName());
        }
        ActingChecks.check(config, logins, store.isIndexed());
        policy = SessionPolicy.of(config, logins);
        observers = new SessionObservers(container, vertx, metrics);
        journal = journal(config.journal(), metrics);
        events = new SessionEvents(metrics, container.select(SessionEndListener.class), observers::enqueue, journal);
        tokens = new TokenCodec(config.signing().keys().orElse(List.of()), near != null);
        UpdateTurns turns = new UpdateTurns();
        committer = new SessionCommitter(store, turns, tokens, policy, events, vertx);
        DeviceBoundConfig bound = config.deviceBound();
        devices = bound.enabled()
                ? new DeviceBindings(store, tokens, policy, events, new ProofVerifier(metrics), bound.cookieLifetime(),
                        bound.grace())
                : null;
        loader = new SessionLoader(store, tokens, policy, events, committer, devices);
        if (near != null) {
            ((SessionChanges) kept).listen(new ChangesOfSessions(near, container.select(SessionEndListener.class)),
                    config.nearCache().maxSilence());
        }
        endedUsers = new EndedUsers(store, config.security().quarkusCookies());
        administration = new SessionAdministration(store, turns, policy, events, config.referenceFields(), endedUsers);
    }

    private SessionJournal journal(JournalConfig settings, SessionMetrics metrics) {
        return new SessionJournal(store.journals(), settings.enabled() ? Set.copyOf(settings.fields()) : Set.of(),
                new JournalStore.Limits(settings.maxEntries(), settings.maxAge()), metrics::journalLost);
    }

    /** The cache of the settings; null if it is switched off, or if the store does not tell what changes. */
    private @Nullable NearCache near(ImSessionConfig config, SessionStore kept) {
        NearCacheConfig settings = config.nearCache();
        if (!settings.enabled()) {
            return null;
        }
        if (!(kept instanceof SessionChanges changes)) {
            if (!(kept instanceof MemorySessionStore)) {
                LOG.warnf("quarkus.imsession.near-cache.enabled is true, but the session store %s does not tell which sessions"
                        + " change: each request asks the store. Let it implement SessionChanges, or remove the setting",
                        kept.getClass().getName());
            }
            return null;
        }
        return new NearCache(settings.maxSessions(), settings.maxSize().asLongValue(), settings.maxSilence(), changes,
                id -> events().fire(new SessionEvent.Expired(id)));
    }

    GuardedStore store() {
        return store;
    }

    public SessionLoader loader() {
        return loader;
    }

    public SessionCommitter committer() {
        return committer;
    }

    /** Empty if sessions are bound to no devices. */
    public Optional<DeviceBindings> devices() {
        return Optional.ofNullable(devices);
    }

    EndedUsers endedUsers() {
        return endedUsers;
    }

    SessionAdministration administration() {
        return administration;
    }

    SessionEvents events() {
        return events;
    }

    TokenCodec tokens() {
        return tokens;
    }

    /**
     * Adds the first routes of the application.
     *
     * @param cors the CORS filter of Quarkus, or null if the application has none
     * @param spans marks the spans of traces, if the application has any
     * @param cookies the cookies by which mechanisms of Quarkus keep log-ins
     * @param logIns exact paths of endpoints of Quarkus at which users log in and out
     * @param pages paths of pages of the extension, which are protected in any case
     * @param root the root path of the application, with a slash at its end
     */
    void route(Router router, SessionIdResolver resolver, PathFilter paths, FormLimits limits,
            @Nullable Handler<RoutingContext> cors, Optional<SessionMarker> spans, List<MechanismCookies> cookies,
            List<String> logIns, List<String> pages, String root) {
        Refusals refusals = new Refusals(events::fire, cors);
        ClientAttributes client = client();
        DeviceExchange bound = null;
        if (devices != null) {
            bound = new DeviceExchange(config.deviceBound(), config.cookie(), resolver, events.metrics(), root);
            new DeviceEndpoints(devices, bound, loader, resolver, client).route(router);
        }
        Exchange exchange = new Exchange(resolver, committer, client,
                new ClearSiteData(config.clearSiteData().orElse(List.of()).stream().map(data -> data.type).toList()),
                refusals, MechanismCookies.all(cookies), config.security().quarkusCookies(), bound);
        router.route().order(Integer.MIN_VALUE)
                .handler(new SessionFilter(router, paths, loader, SessionMarker.all(markers(spans)), exchange));
        // The filter comes after the routes that add headers to every response, and before those that read a body.
        int afterHeaders = Integer.MIN_VALUE + 1;
        CsrfFilter csrf = new CsrfFilter(config.csrf(), resolver, limits, refusals, logIns);
        if (config.csrf().enabled()) {
            router.route().order(afterHeaders).handler(csrf);
        } else {
            pages.forEach(page -> router.route(page + "/*").order(afterHeaders).handler(csrf));
        }
    }

    /**
     * The page of devices.
     *
     * @param path its path, with the root path of the application
     * @param renderer makes the page; null if there is only JSON
     */
    DevicesPage devices(String path, @Nullable DevicesRenderer renderer) {
        return new DevicesPage(path, config.devices(), config.csrf().mode() != CsrfMode.ORIGIN,
                journal.fields().contains(ImSession.PRINCIPAL), administration, policy, client(), renderer);
    }

    private ClientAttributes client() {
        return new ClientAttributes(config.client().recordUserAgent(), config.client().recordAddress());
    }

    /**
     * Begins to tell of log-ins from new clients.
     *
     * @param path the path of the page behind the link, with the root path of the application
     * @param renderer makes the page
     * @return the page
     */
    NoticePage notices(String path, DevicesRenderer renderer) {
        events.tellLogIns(new Notices(path, config.notices().linkLifetime(), config.client(), administration, events));
        return new NoticePage(path, config.devices(), administration, policy, client(), renderer);
    }

    private List<SessionMarker> markers(Optional<SessionMarker> spans) {
        List<SessionMarker> markers = new ArrayList<>();
        config.log().mdcKey().ifPresent(key -> markers.add(MdcMarker.ofId(key)));
        config.log().mdcActorKey().ifPresent(key -> markers.add(MdcMarker.ofActor(key)));
        if (config.tracing().sessionId()) {
            markers.add(spans.orElseThrow(() -> new ConfigurationException("quarkus.imsession.tracing.session-id is true, but"
                    + " the application has no OpenTelemetry: add io.quarkus:quarkus-opentelemetry, or remove the setting.")));
        }
        return markers;
    }

    void stop() {
        observers.stop();
        journal.stop(STOP);
    }
}
