/**
 * HTTP sessions with immutable data.
 * <p>
 * Inject {@link io.quarkiverse.imsession.ImSession} and read {@link io.quarkiverse.imsession.ImSession#data() data()},
 * or replace it with {@link io.quarkiverse.imsession.ImSession#set set},
 * {@link io.quarkiverse.imsession.ImSession#update update} and
 * {@link io.quarkiverse.imsession.ImSession#destroy destroy}. The session was loaded before the application saw the
 * request, and what changed is stored before the first byte of the response leaves: there is nothing to save and
 * nothing to wait for.
 * <p>
 * {@link io.quarkiverse.imsession.SessionData} is a value: it never changes, and every change makes a new one.
 * {@link io.quarkiverse.imsession.SessionId} names a session and is no credential.
 * {@link io.quarkiverse.imsession.SessionEvent}s tell what happened to sessions,
 * {@link io.quarkiverse.imsession.SessionException}s what went wrong. A
 * {@link io.quarkiverse.imsession.RequestRefusedException} is what an application handles to answer requests that are refused.
 * To keep sessions elsewhere or to carry the token differently, see {@link io.quarkiverse.imsession.spi}.
 */
@NullMarked
package io.quarkiverse.imsession;

import org.jspecify.annotations.NullMarked;
