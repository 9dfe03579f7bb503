package io.quarkiverse.imsession;

import java.util.List;
import java.util.Optional;

/**
 * Some of the sessions of a reference.
 *
 * @param sessions those of this page; there may be none although another page follows
 * @param next what to pass for the next page; empty if this is the last one
 */
public record SessionPage(List<SessionInfo> sessions, Optional<String> next) {
}
