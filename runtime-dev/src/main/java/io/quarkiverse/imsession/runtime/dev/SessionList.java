package io.quarkiverse.imsession.runtime.dev;

import java.util.List;

/**
 * A page of sessions.
 *
 * @param sessions those of this page
 * @param total how many were found
 * @param complete false if there are more sessions than were looked at
 * @param listable false if the store finds sessions by their id only
 */
public record SessionList(List<SessionRow> sessions, int total, boolean complete, boolean listable) {
}
