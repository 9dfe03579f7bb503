package io.quarkiverse.imsession.runtime.session;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionException;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.spi.SessionToken;
import io.quarkiverse.imsession.spi.StoredSession;

/**
 * The session that a request came with, and the changes that the request makes. Immutable: each change makes a new state.
 *
 * @param loaded the session that the request came with, or null
 * @param data the data as the application sees it, or null if there is no session
 * @param madeToken the token of a session that this request makes, or null
 * @param renewedToken the new token that the application asked for, or null
 * @param touch whether the application asked for a new lifetime
 * @param ownTimeout the own timeout that the application asked for, or null
 * @param attributes the attributes to change, as texts by names that begin with {@code @}
 * @param standing whether the request may make a session
 * @param asked whether the application asked for a change that {@code standing} does not allow
 * @param obstacle makes the exception for a method that tries to change the session; null if it can be changed
 */
record SessionState(@Nullable LoadedSession loaded, @Nullable SessionData data, @Nullable SessionToken madeToken,
        @Nullable SessionToken renewedToken, boolean touch, @Nullable Duration ownTimeout, Map<String, String> attributes,
        Standing standing, boolean asked, @Nullable Function<String, SessionException> obstacle) {

    static final SessionState NONE = none(Standing.SURE);

    /** Whether a request may change anything. */
    enum Standing {
        /** It may change everything. */
        SURE,
        /**
         * The application replaced its token a moment ago, for example by a parallel log-in. If the request made a session, its
         * cookie would overwrite that of the log-in.
         */
        REPLACED,
        /**
         * It has valid tokens of several sessions, and it is unknown which one is the client's own. Only a log-in makes a
         * session then: the cookie of any other session would overwrite the client's own.
         */
        AMBIGUOUS
    }

    /** The state of a request that has no session. */
    static SessionState none(Standing standing) {
        return new SessionState(null, null, null, null, false, null, Map.of(), standing, false, null);
    }

    static SessionState of(LoadedSession loaded) {
        return new SessionState(loaded, loaded.stored().data(), null, null, false, null, Map.of(), Standing.SURE, false, null);
    }

    boolean exists() {
        return data != null;
    }

    @Nullable
    SessionId id() {
        return data == null ? null : madeToken != null ? madeToken.id() : loaded == null ? null : loaded.token().id();
    }

    /** The stored session that the application sees; null if there is none, or if this request makes it. */
    @Nullable
    StoredSession stored() {
        return loaded == null || data == null || madeToken != null ? null : loaded.stored();
    }

    /** Whether the application sees the session that the request came with. */
    boolean isLoaded() {
        return stored() != null;
    }

    /** The secret of the CSRF tokens; null if there is no session. */
    @Nullable
    CsrfSecret csrfSecret() {
        if (data == null || madeToken == null && loaded == null) {
            return null;
        }
        SessionToken made = madeToken != null ? madeToken : renewedToken;
        return made != null ? CsrfSecret.of(made.hash()) : CsrfSecret.of(loaded.stored());
    }

    /** @param token the token to use if this makes a session */
    SessionState withData(SessionData newData, SessionToken token) {
        return new SessionState(loaded, newData, data == null ? token : madeToken, renewedToken, touch, ownTimeout, attributes,
                standing, isUnsure(), obstacle);
    }

    SessionState withData(SessionData newData) {
        return new SessionState(loaded, newData, madeToken, renewedToken, touch, ownTimeout, attributes, standing, asked,
                obstacle);
    }

    SessionState destroyed() {
        return new SessionState(loaded, null, null, null, false, null, Map.of(), standing, isUnsure(), obstacle);
    }

    /**
     * The state after a renewal by the application, which implies that the user was authenticated. Also for a session that this
     * request makes.
     *
     * @param token not null if there is a session
     */
    SessionState renewed(@Nullable SessionToken token) {
        SessionState after = withAuthentication(AuthenticationTime.OF_TOKEN);
        return isLoaded() ? new SessionState(loaded, data, madeToken, token, touch, ownTimeout, after.attributes, standing,
                asked, obstacle) : after;
    }

    SessionState withAuthentication(String time) {
        return with(Attributes.AUTHENTICATED, time);
    }

    SessionState touched() {
        return isLoaded()
                ? new SessionState(loaded, data, madeToken, renewedToken, true, ownTimeout, attributes, standing, asked,
                        obstacle)
                : inVain();
    }

    /** The state after the application asked for a change that needs a session. */
    private SessionState inVain() {
        return isUnsure()
                ? new SessionState(loaded, data, madeToken, renewedToken, touch, ownTimeout, attributes, standing, true,
                        obstacle)
                : this;
    }

    private boolean isUnsure() {
        return standing != Standing.SURE;
    }

    SessionState withOwnTimeout(Duration timeout) {
        return new SessionState(loaded, data, madeToken, renewedToken, touch, timeout, attributes, standing, isUnsure(),
                obstacle);
    }

    SessionState withLabel(String label) {
        return with(Attributes.LABEL, label);
    }

    SessionState withLogin(Login login) {
        return with(Attributes.LOGIN, login.encode());
    }

    /** The attribute of that name as the application sees it, or null. */
    @Nullable
    String attribute(String name) {
        String wanted = attributes.get(name);
        StoredSession stored = stored();
        return wanted != null || stored == null ? wanted : stored.attributes().get(name);
    }

    private SessionState with(String name, String text) {
        return with(Map.of(name, text));
    }

    /** @param texts texts by names of attributes; an empty text removes an attribute */
    SessionState with(Map<String, String> texts) {
        Map<String, String> changed = new HashMap<>(attributes);
        changed.putAll(texts);
        return new SessionState(loaded, data, madeToken, renewedToken, touch, ownTimeout, Map.copyOf(changed), standing,
                isUnsure(), obstacle);
    }

    /** @param reason makes the exception for later changes; ignored if the state is already read-only */
    SessionState readOnly(Function<String, SessionException> reason) {
        return obstacle != null ? this
                : new SessionState(loaded, data, madeToken, renewedToken, touch, ownTimeout, attributes, standing, asked,
                        reason);
    }
}
