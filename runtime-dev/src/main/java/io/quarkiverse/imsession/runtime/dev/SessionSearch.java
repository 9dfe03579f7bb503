package io.quarkiverse.imsession.runtime.dev;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.quarkiverse.imsession.ImSessions;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.SessionInfo;

/** Finds sessions by the text that a developer enters. */
final class SessionSearch {

    /** The greatest number of sessions that one search visits, so that it delays neither browser nor store for long. */
    static final int MOST_VISITED = 10_000;

    private static final Comparator<SessionRow> NEWEST_FIRST = Comparator.comparingLong(SessionRow::created).reversed()
            .thenComparing(SessionRow::id);

    private final ImSessions sessions;
    private final Set<String> references;
    private final boolean listable;

    /**
     * @param references the fields by which sessions are found
     * @param listable whether the store can list sessions
     */
    SessionSearch(ImSessions sessions, Set<String> references, boolean listable) {
        this.sessions = sessions;
        this.references = references;
        this.listable = listable;
    }

    SessionList find(String search, int offset, int size) {
        Optional<SessionInfo> named = SessionId.tryParse(search).flatMap(sessions::get);
        if (named.isPresent()) {
            return page(Stream.of(named.get()), session -> true, offset, size);
        }
        if (!listable) {
            return new SessionList(List.of(), 0, true, false);
        }
        int equals = search.indexOf('=');
        if (equals > 0 && equals < search.length() - 1 && references.contains(search.substring(0, equals))) {
            return page(sessions.stream(search.substring(0, equals), search.substring(equals + 1)), session -> true, offset,
                    size);
        }
        return page(sessions.stream(), search.isEmpty() ? session -> true : has(search.toLowerCase(Locale.ROOT)), offset,
                size);
    }

    private SessionList page(Stream<SessionInfo> found, Predicate<SessionInfo> wanted, int offset, int size) {
        // A store may return a session twice.
        Map<String, SessionRow> rows = new LinkedHashMap<>();
        int[] looked = { 0 };
        found.limit(MOST_VISITED).peek(session -> looked[0]++).filter(wanted)
                .forEach(session -> rows.put(session.id().value(), SessionRow.of(session, references)));
        return new SessionList(rows.values().stream().sorted(NEWEST_FIRST).skip(offset).limit(size).toList(), rows.size(),
                looked[0] < MOST_VISITED, listable);
    }

    private static Predicate<SessionInfo> has(String text) {
        return session -> session.id().value().toLowerCase(Locale.ROOT).contains(text)
                || SessionRow.text(session.client()).toLowerCase(Locale.ROOT).contains(text)
                || session.data().toJson().entrySet().stream().anyMatch(field -> (field.getKey() + '=' + field.getValue())
                        .toLowerCase(Locale.ROOT).contains(text));
    }
}
