package io.quarkiverse.imsession.runtime.redis.index;

import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.runtime.redis.index.RedisIndex.Entry;
import io.quarkiverse.imsession.runtime.store.ForeignCursorException;

/** The beginning of a page of the index: after the entry with this score and id. */
record Cursor(long score, String id) {

    /** Before all entries. */
    static final Cursor START = new Cursor(0, "");

    /** @throws IllegalArgumentException if the text is no cursor */
    static Cursor parse(String text) {
        int colon = text.indexOf(':');
        SessionId id = SessionId.tryParse(text.substring(colon + 1)).orElseThrow(ForeignCursorException::new);
        return new Cursor(score(text.substring(0, Math.max(0, colon))), id.value());
    }

    private static long score(String text) {
        try {
            long score = Long.parseLong(text);
            if (score >= 0) {
                return score;
            }
        } catch (NumberFormatException e) {
            // The exception below does not repeat the text.
        }
        throw new ForeignCursorException();
    }

    static Cursor at(Entry entry) {
        return new Cursor(entry.score(), entry.id().value());
    }

    boolean isBefore(Entry entry) {
        return entry.score() > score || entry.score() == score && entry.id().value().compareTo(id) > 0;
    }

    @Override
    public String toString() {
        return score + ":" + id;
    }
}
