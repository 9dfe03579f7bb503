package io.quarkiverse.imsession.spi;

import java.time.Duration;
import java.util.Set;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/**
 * Carries the token between client and server. A bean of this type replaces the built-in ones, and may use them:
 * {@code @Identifier("cookie") SessionIdResolver} and {@code @Identifier("bearer") SessionIdResolver} can be injected, with the
 * {@code Identifier} of {@code io.smallrye.common.annotation}.
 * <p>
 * Called on an event loop thread; must not block. A token must never be read from or written to a URL (OWASP ASVS 5, V14.2.1).
 */
public interface SessionIdResolver {

    /**
     * The different tokens that a request carries, unchecked: any texts that a client may send. If there are several, and
     * exactly one session has a valid token among them, the request has that session: so no garbage that somebody else made the
     * client send locks it out. If several sessions have, the request has none, as nobody can tell which one is the client's
     * own.
     *
     * @return empty if there is none
     */
    Set<String> tokens(HttpServerRequest request);

    /**
     * Whether browsers send the token by themselves, without the page that makes the request asking for it: then another site
     * can make them do so. Only such requests are checked by {@code quarkus.imsession.csrf}.
     * <p>
     * Also called for requests for which {@link #tokens} found none, as their answers may bring one: then it tells whether
     * this resolver takes tokens that browsers send by themselves.
     *
     * @return true unless only a script of the application, or a client that is no browser, can add the token
     */
    default boolean isAmbient(HttpServerRequest request) {
        return true;
    }

    /**
     * Hands a token to the client: that of a new session, a new token, or the same token with a new lifetime. Called at
     * most once before the response begins, and only after the session was stored.
     *
     * @param token the token as text; must not be logged
     * @param maxAge how long the session lives if it is not used again
     */
    void send(HttpServerRequest request, HttpServerResponse response, String token, Duration maxAge);

    /** Tells the client to forget its token. Called before the response begins, after the session was ended. */
    void remove(HttpServerRequest request, HttpServerResponse response);

    /**
     * Tells the client to forget all tokens but the one that {@link #send} hands out. Called if {@link #tokens} found
     * several: before the response begins, before {@link #send} or {@link #remove}, and also if nothing is
     * stored or the answer is an error; on the thread that begins the response. Does nothing by default.
     */
    default void removeOthers(HttpServerRequest request, HttpServerResponse response) {
    }
}
