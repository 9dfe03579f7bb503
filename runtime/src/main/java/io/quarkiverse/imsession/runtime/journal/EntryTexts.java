package io.quarkiverse.imsession.runtime.journal;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.JournalEntry;
import io.quarkiverse.imsession.JournalEntry.Cause;
import io.quarkiverse.imsession.JournalEntry.Kind;
import io.quarkiverse.imsession.SessionClient;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.spi.JournalStore.StoredEntry;

/** The texts of an entry, as a store keeps them. */
final class EntryTexts {

    private static final String KIND = "kind";
    private static final String CAUSE = "cause";
    private static final String SESSION = "session";
    private static final String ADDRESS = "address";
    private static final String AGENT = "agent";
    private static final String ACTOR = "actor";

    private EntryTexts() {
    }

    static Map<String, String> of(Kind kind, SessionId id, Cause cause, SessionClient client, @Nullable String actor) {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put(KIND, text(kind));
        texts.put(CAUSE, text(cause));
        texts.put(SESSION, id.value());
        client.address().ifPresent(address -> texts.put(ADDRESS, address));
        client.userAgent().ifPresent(agent -> texts.put(AGENT, agent));
        if (actor != null) {
            texts.put(ACTOR, actor);
        }
        return texts;
    }

    /** The entry of texts; empty if a later version has written what this one does not know. */
    static Optional<JournalEntry> entry(StoredEntry kept) {
        Map<String, String> texts = kept.entry();
        Kind kind = constant(Kind.values(), texts.get(KIND));
        Cause cause = constant(Cause.values(), texts.get(CAUSE));
        Optional<SessionId> id = Optional.ofNullable(texts.get(SESSION)).flatMap(SessionId::tryParse);
        return kind == null || cause == null ? Optional.empty()
                : id.map(session -> new JournalEntry(kept.time(), kind, session, cause, Optional.ofNullable(texts.get(ADDRESS)),
                        Optional.ofNullable(texts.get(AGENT)), Optional.ofNullable(texts.get(ACTOR))));
    }

    private static String text(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static <E extends Enum<E>> @Nullable E constant(E[] constants, @Nullable String text) {
        for (E constant : constants) {
            if (text(constant).equals(text)) {
                return constant;
            }
        }
        return null;
    }
}
