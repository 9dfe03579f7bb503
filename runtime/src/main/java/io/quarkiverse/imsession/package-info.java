/**
 * HTTP sessions with immutable data.
 * <p>
 * Inject {@link io.quarkiverse.imsession.ImSession} and read {@link io.quarkiverse.imsession.ImSession#data() data()}, or
 * replace it with {@link io.quarkiverse.imsession.ImSession#set set}, {@link io.quarkiverse.imsession.ImSession#update update}
 * and {@link io.quarkiverse.imsession.ImSession#destroy destroy}. The session is loaded before the application sees the
 * request, and its changes are stored before the first byte of the response leaves. The application neither saves the session
 * nor waits for it.
 * <p>
 * {@link io.quarkiverse.imsession.SessionData} is immutable: every change returns new data.
 * {@link io.quarkiverse.imsession.SessionId} names a session and is no credential.
 * {@link io.quarkiverse.imsession.SessionEvent}s report the life of sessions, and
 * {@link io.quarkiverse.imsession.SessionException}s report errors. An application that answers refused requests itself handles
 * {@link io.quarkiverse.imsession.RequestRefusedException}. To keep sessions elsewhere or to carry the token differently, see
 * {@link io.quarkiverse.imsession.spi}.
 */
@NullMarked
package io.quarkiverse.imsession;

import org.jspecify.annotations.NullMarked;
