package io.quarkiverse.imsession.runtime.dev;

import java.util.List;

/**
 * A page of sessions.
 *
 * @param sessions the sessions of this page
 * @param total the number of sessions that were found
 * @param complete false if there are more sessions than were searched
 * @param listable false if the store finds sessions by their id only
 */
public record SessionList(List<SessionRow> sessions, int total, boolean complete, boolean listable) {
}
