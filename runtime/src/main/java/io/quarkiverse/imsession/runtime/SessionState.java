package io.quarkiverse.imsession.runtime;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.spi.SessionToken;

/**
 * What a request knows of its session and wants of it. Immutable: each wish makes a new state.
 *
 * @param loaded the session that the request came with, or null
 * @param data the data as the application sees it, or null if there is no session
 * @param fresh the token of a session that this request makes, or null
 * @param next the new token that the application asked for, or null
 * @param touch whether the application asked for a new lifetime
 * @param ownTimeout the lifetime of its own that the application asked for, or null
 * @param label what the application names the session from now on, or null
 * @param frozen whether the response has begun
 */
record SessionState(@Nullable LoadedSession loaded, @Nullable SessionData data, @Nullable SessionToken fresh,
        @Nullable SessionToken next, boolean touch, @Nullable Duration ownTimeout, @Nullable String label, boolean frozen) {

    static final SessionState NONE = new SessionState(null, null, null, null, false, null, null, false);

    static SessionState of(LoadedSession loaded) {
        return new SessionState(loaded, loaded.stored().data(), null, null, false, null, null, false);
    }

    boolean exists() {
        return data != null;
    }

    @Nullable
    SessionId id() {
        return data == null ? null : fresh != null ? fresh.id() : loaded == null ? null : loaded.token().id();
    }

    /** Whether the loaded session is still the one that the application sees. */
    boolean isLoaded() {
        return loaded != null && data != null && fresh == null;
    }

    /** Null if there is no session. */
    @Nullable
    CsrfSecret csrfSecret() {
        if (data == null || fresh == null && loaded == null) {
            return null;
        }
        SessionToken made = fresh != null ? fresh : next;
        return made != null ? CsrfSecret.of(made.hash()) : CsrfSecret.of(loaded.stored());
    }

    /** @param token the token to use if this makes a session */
    SessionState withData(SessionData newData, SessionToken token) {
        return new SessionState(loaded, newData, data == null ? token : fresh, next, touch, ownTimeout, label, frozen);
    }

    SessionState withData(SessionData newData) {
        return new SessionState(loaded, newData, fresh, next, touch, ownTimeout, label, frozen);
    }

    SessionState destroyed() {
        return new SessionState(loaded, null, null, null, false, null, null, frozen);
    }

    SessionState renewed(SessionToken token) {
        return isLoaded() ? new SessionState(loaded, data, fresh, token, touch, ownTimeout, label, frozen) : this;
    }

    SessionState touched() {
        return isLoaded() ? new SessionState(loaded, data, fresh, next, true, ownTimeout, label, frozen) : this;
    }

    SessionState withOwnTimeout(Duration timeout) {
        return new SessionState(loaded, data, fresh, next, touch, timeout, label, frozen);
    }

    SessionState withLabel(String newLabel) {
        return new SessionState(loaded, data, fresh, next, touch, ownTimeout, newLabel, frozen);
    }

    SessionState asFrozen() {
        return new SessionState(loaded, data, fresh, next, touch, ownTimeout, label, true);
    }
}
