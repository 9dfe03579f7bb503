package io.quarkiverse.imsession.runtime.dev;

import java.util.List;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.ImSessions;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.SessionInfo;
import io.quarkiverse.imsession.runtime.config.ImSessionBuildConfig;
import io.quarkiverse.imsession.runtime.config.ImSessionConfig;
import io.quarkiverse.imsession.runtime.config.Setting;
import io.quarkiverse.imsession.runtime.config.SettingsInForce;
import io.quarkiverse.imsession.runtime.config.StoreSettings;
import io.quarkiverse.imsession.runtime.session.GuardedStore;
import io.quarkiverse.imsession.spi.StoredSession;

/** The sessions of a running application. Browsers can call each public method; each waits for the store. */
@Singleton
public class SessionsJsonRpcService {

    private final ImSessions sessions;
    private final GuardedStore store;
    private final StoreSettings storeSettings;
    private final ImSessionBuildConfig buildConfig;
    private final ImSessionConfig config;

    @Inject
    SessionsJsonRpcService(ImSessions sessions, GuardedStore store, StoreSettings storeSettings,
            ImSessionBuildConfig buildConfig,
            ImSessionConfig config) {
        this.sessions = sessions;
        this.store = store;
        this.storeSettings = storeSettings;
        this.buildConfig = buildConfig;
        this.config = config;
    }

    /** The number of sessions, for the card; empty if the store cannot count them. */
    public String count() {
        if (!store.isIndexed()) {
            return "";
        }
        long count = sessions.stream().limit(SessionSearch.MOST_VISITED).map(SessionInfo::id).distinct().count();
        return count < SessionSearch.MOST_VISITED ? Long.toString(count) : count + "+";
    }

    /**
     * A page of the sessions found, the newest first.
     *
     * @param search the id of a session, {@code field=value} for a reference, or any text in the id, the data or the client;
     *        empty for all
     * @param offset the number of sessions to skip
     * @param size the greatest number of sessions to return
     */
    public SessionList list(String search, int offset, int size) {
        return new SessionSearch(sessions, config.referenceFields(), store.isIndexed()).find(search.strip(), offset, size);
    }

    /** A session with its data and the roles of its user, which applications do not see; null if there is none. */
    public @Nullable SessionDetails get(String id) {
        SessionId session = new SessionId(id);
        StoredSession stored = store.load(session).toCompletableFuture().join();
        return stored == null || stored.isReplaced() ? null : SessionDetails.of(stored, storeSettings.where().apply(session));
    }

    /** Ends a session. False if there was none. */
    public boolean destroy(String id) {
        return sessions.destroy(new SessionId(id));
    }

    /** Ends all sessions, and returns their number. */
    public long destroyEverySession() {
        return sessions.destroyEverySession();
    }

    /** The effective settings, without secrets. */
    public List<Setting> settings() {
        return SettingsInForce.of(buildConfig, config, storeSettings);
    }
}
