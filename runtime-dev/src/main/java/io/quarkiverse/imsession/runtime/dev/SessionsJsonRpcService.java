package io.quarkiverse.imsession.runtime.dev;

import java.util.List;
import java.util.Optional;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.ImSessions;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.SessionInfo;
import io.quarkiverse.imsession.redis.RedisKeys;
import io.quarkiverse.imsession.runtime.config.ImSessionBuildConfig;
import io.quarkiverse.imsession.runtime.config.ImSessionConfig;
import io.quarkiverse.imsession.runtime.config.Setting;
import io.quarkiverse.imsession.runtime.config.SettingsInForce;
import io.quarkiverse.imsession.runtime.session.Login;
import io.quarkiverse.imsession.spi.IndexedSessionStore;
import io.quarkiverse.imsession.spi.SessionStore;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkus.arc.ClientProxy;

/** The sessions of a running application. Browsers can call each public method; each waits for the store. */
@Singleton
public class SessionsJsonRpcService {

    private final ImSessions sessions;
    private final SessionStore store;
    private final RedisKeys keys;
    private final ImSessionBuildConfig buildConfig;
    private final ImSessionConfig config;

    @Inject
    SessionsJsonRpcService(ImSessions sessions, SessionStore store, RedisKeys keys, ImSessionBuildConfig buildConfig,
            ImSessionConfig config) {
        this.sessions = sessions;
        this.store = ClientProxy.unwrap(store);
        this.keys = keys;
        this.buildConfig = buildConfig;
        this.config = config;
    }

    /** The number of sessions, for the card; empty if the store cannot count them. */
    public String count() {
        if (!isListable()) {
            return "";
        }
        long count = sessions.stream().limit(SessionSearch.MOST).map(SessionInfo::id).distinct().count();
        return count < SessionSearch.MOST ? Long.toString(count) : count + "+";
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
        return new SessionSearch(sessions, config.referenceFields(), isListable()).find(search.strip(), offset, size);
    }

    /** A session with its data, or null if there is none. */
    public @Nullable SessionDetails get(String id) {
        Optional<SessionInfo> found = sessions.get(new SessionId(id));
        return found.map(session -> SessionDetails.of(session, keys.session(session.id()), roles(session.id())))
                .orElse(null);
    }

    /** The roles of the user, which are kept beside the data and are not visible to applications. */
    private List<String> roles(SessionId id) {
        StoredSession stored = store.load(id).toCompletableFuture().join();
        Login login = stored == null ? null : Login.of(stored);
        return login == null ? List.of() : login.roles().stream().sorted().toList();
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
        return SettingsInForce.of(buildConfig, config);
    }

    private boolean isListable() {
        return store instanceof IndexedSessionStore;
    }
}
