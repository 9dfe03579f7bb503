package io.quarkiverse.imsession.runtime.session;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.FieldReads;
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
 * @param reads the fields of the loaded session on which the data depends; null if no function has read any
 * @param madeToken the token of a session that this request makes, or null
 * @param renewedToken the new token that the application asked for, or null
 * @param touch whether the application asked for a new lifetime
 * @param ownTimeout the own timeout that the application asked for, or null
 * @param attributes the attributes to change, as texts by names that begin with {@code @}
 * @param standing whether the request may make a session
 * @param asked whether the application asked for a change that {@code standing} does not allow
 * @param obstacle makes the exception for a method that tries to change the session; null if it can be changed
 */
record SessionState(@Nullable LoadedSession loaded, @Nullable SessionData data, @Nullable FieldReads reads,
        @Nullable SessionToken madeToken, @Nullable SessionToken renewedToken, boolean touch, @Nullable Duration ownTimeout,
        Map<String, String> attributes, Standing standing, boolean asked,
        @Nullable Function<String, SessionException> obstacle) {

    static final SessionState NONE = none(Standing.SURE);

    /** Whether a request may make a session. */
    enum Standing {
        /** It may. */
        SURE,
        /**
         * The application replaced its token a moment ago, for example by a parallel log-in. If the request made a session, its
         * cookie would overwrite that of the log-in.
         */
        REPLACED,
        /**
         * It has valid tokens of several sessions, and it is unknown which one is the client's own. Only a log-in makes a
         * session then, be it by data and {@code renew()}: the cookie of any other session would overwrite the client's own.
         */
        AMBIGUOUS,
        /**
         * It has a valid token of a session that is bound to a device, but does not come from there, or its browser could not
         * renew the bound cookie. Only a log-in makes a session then, as above: the browser may still have its device.
         */
        ELSEWHERE
    }

    /** The state of a request that has no session. */
    static SessionState none(Standing standing) {
        return new SessionState(null, null, null, null, null, false, null, Map.of(), standing, false, null);
    }

    static SessionState of(LoadedSession loaded) {
        return new SessionState(loaded, loaded.stored().data(), null, null, null, false, null, Map.of(), Standing.SURE, false,
                null);
    }

    /** The state of this request as if it had come with a session as it was stored later. */
    SessionState on(@Nullable LoadedSession later) {
        SessionState state = later == null ? none(standing) : of(later);
        return obstacle == null ? state : state.readOnly(obstacle);
    }

    boolean exists() {
        return data != null;
    }

    /** The data as the application sees it; empty if there is no session. */
    SessionData dataOrEmpty() {
        return data == null ? SessionData.empty() : data;
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

    /** Notes which fields of the loaded session functions read. */
    FieldReads readsOrNew() {
        return reads != null ? reads : new FieldReads(loaded == null ? SessionData.empty() : loaded.stored().data());
    }

    SessionState withReads(FieldReads noted) {
        return noted == reads ? this
                : new SessionState(loaded, data, noted, madeToken, renewedToken, touch, ownTimeout, attributes, standing, asked,
                        obstacle);
    }

    /** @param token the token to use if this makes a session */
    SessionState withData(SessionData newData, SessionToken token) {
        return withData(newData, reads, token);
    }

    /**
     * @param noted the fields on which the new data depends
     * @param token the token to use if this makes a session; null if there is one
     */
    SessionState withData(SessionData newData, @Nullable FieldReads noted, @Nullable SessionToken token) {
        return changed(newData, noted, data == null ? token : madeToken, renewedToken, touch, ownTimeout, attributes);
    }

    /**
     * @param noted the fields on which the new data depends
     * @param made the token to use if this makes a session
     * @param tokens makes one if that is null
     */
    SessionState withData(SessionData newData, FieldReads noted, @Nullable SessionToken made, TokenCodec tokens) {
        return withData(newData, noted, exists() || made != null ? made : tokens.generate());
    }

    SessionState withData(SessionData newData) {
        return changed(newData, reads, madeToken, renewedToken, touch, ownTimeout, attributes);
    }

    SessionState destroyed() {
        return changed(null, null, null, null, false, null, Map.of());
    }

    /**
     * The state after a renewal by the application, which implies that the user was authenticated. Also for a session that this
     * request makes.
     *
     * @param token the new token of a loaded session; null if none is loaded
     */
    SessionState renewed(@Nullable SessionToken token) {
        // Whoever acts for the user was not authenticated as that user.
        SessionState after = Acting.isIn(this) ? this : withAuthentication(AuthenticationTime.OF_TOKEN);
        return isLoaded() ? changed(data, reads, madeToken, token, touch, ownTimeout, after.attributes) : after;
    }

    SessionState withAuthentication(String time) {
        return with(Attributes.AUTHENTICATED, time);
    }

    SessionState touched() {
        return changed(data, reads, madeToken, renewedToken, touch || isLoaded(), ownTimeout, attributes);
    }

    SessionState withOwnTimeout(Duration timeout) {
        return changed(data, reads, madeToken, renewedToken, touch, timeout, attributes);
    }

    SessionState withLabel(String label) {
        return with(Attributes.LABEL, label);
    }

    /** The attribute of that name as the application sees it, or null. */
    @Nullable
    String attribute(String name) {
        String wanted = attributes.get(name);
        StoredSession stored = stored();
        return wanted != null || stored == null ? wanted : stored.attributes().get(name);
    }

    /** @param text an empty text removes the attribute */
    SessionState with(String name, String text) {
        return with(Map.of(name, text));
    }

    /** @param texts texts by names of attributes; an empty text removes an attribute */
    SessionState with(Map<String, String> texts) {
        return changed(data, reads, madeToken, renewedToken, touch, ownTimeout, and(attributes, texts));
    }

    private static Map<String, String> and(Map<String, String> attributes, Map<String, String> texts) {
        if (attributes.isEmpty()) {
            return Map.copyOf(texts);
        }
        Map<String, String> all = new HashMap<>(attributes);
        all.putAll(texts);
        return Map.copyOf(all);
    }

    /** The state after a change that the application asked for. */
    private SessionState changed(@Nullable SessionData newData, @Nullable FieldReads noted, @Nullable SessionToken made,
            @Nullable SessionToken renewed, boolean touched, @Nullable Duration timeout, Map<String, String> changed) {
        return new SessionState(loaded, newData, noted, made, renewed, touched, timeout, changed, standing,
                asked || standing != Standing.SURE, obstacle);
    }

    /** @param reason makes the exception for later changes; ignored if the state is already read-only */
    SessionState readOnly(Function<String, SessionException> reason) {
        return obstacle != null ? this
                : new SessionState(loaded, data, reads, madeToken, renewedToken, touch, ownTimeout, attributes, standing, asked,
                        reason);
    }
}
