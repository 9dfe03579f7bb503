/**
 * Internal: the sessions with which WebSockets were opened. Its classes are loaded only if the application has WebSockets Next.
 */
@NullMarked
package io.quarkiverse.imsession.runtime.websockets;

import org.jspecify.annotations.NullMarked;
