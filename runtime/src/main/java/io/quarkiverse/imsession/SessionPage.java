package io.quarkiverse.imsession;

import java.util.List;
import java.util.Optional;

/**
 * A page of sessions.
 *
 * @param sessions the sessions of this page; may be empty although another page follows
 * @param next the text to pass to {@link PageRequest#after(String)} for the next page; empty if this is the last one
 */
public record SessionPage(List<SessionInfo> sessions, Optional<String> next) {
}
