package io.quarkiverse.imsession.spi;

import java.time.Duration;
import java.util.Set;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/**
 * Carries the token between client and server. A bean of this type replaces the built-in resolvers, and may delegate to them:
 * {@code @Identifier("cookie") SessionIdResolver} and {@code @Identifier("bearer") SessionIdResolver} can be injected, with the
 * {@code Identifier} of {@code io.smallrye.common.annotation}.
 * <p>
 * Methods are called on event loop threads and must not block. A token must never be read from or written to a URL (OWASP ASVS
 * 5, V14.2.1).
 */
public interface SessionIdResolver {

    /**
     * The different tokens that a request carries, unchecked: any texts that a client may send. If exactly one session has a
     * valid token among several, the request has that session, so that invalid tokens that an attacker has planted do not lock
     * the client out. If several sessions have a valid token, the request has no session, as the extension cannot tell which of
     * them belongs to the client.
     *
     * @return an empty set if there is none
     */
    Set<String> tokens(HttpServerRequest request);

    /**
     * Whether browsers add the token to requests by themselves, as they do with cookies. Then another site can make a browser
     * send it, and {@code quarkus.imsession.csrf} checks the request.
     * <p>
     * Also called for a request without a token, as its response may hand one out. Then it tells whether this resolver uses
     * tokens that browsers send by themselves.
     *
     * @return true unless only a script of the application, or a client that is no browser, can add the token
     */
    default boolean isAmbient(HttpServerRequest request) {
        return true;
    }

    /**
     * Hands a token to the client: the token of a new session, a new token of the same session, or the same token with a new
     * lifetime. Called at most once for each response, before it begins and after the session was stored.
     *
     * @param token the token as text; must not be logged
     * @param maxAge how long the session lives if it is not used again
     */
    void send(HttpServerRequest request, HttpServerResponse response, String token, Duration maxAge);

    /**
     * Hands a token to the client, as above. This method is called, and by default ignores the last parameter.
     *
     * @param remembered whether the session has a timeout of its own, as its user asked to be remembered
     */
    default void send(HttpServerRequest request, HttpServerResponse response, String token, Duration maxAge,
            boolean remembered) {
        send(request, response, token, maxAge);
    }

    /** Tells the client to forget its token. Called before the response begins, after the session was ended. */
    void remove(HttpServerRequest request, HttpServerResponse response);

    /**
     * Tells the client to forget all tokens but the one that {@link #send} hands out. Called if {@link #tokens} found several,
     * before {@link #send} or {@link #remove}, on the thread that begins the response; also if nothing is stored, or if the
     * response is an error. Does nothing by default.
     */
    default void removeOthers(HttpServerRequest request, HttpServerResponse response) {
    }
}
