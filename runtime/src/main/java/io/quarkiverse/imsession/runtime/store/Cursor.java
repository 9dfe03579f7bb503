package io.quarkiverse.imsession.runtime.store;

import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.runtime.store.RedisIndex.Entry;

/** Where a page of the index begins: after the entry of that score and id. */
record Cursor(long score, String id) {

    /** Before all entries. */
    static final Cursor START = new Cursor(0, "");

    /** @throws IllegalArgumentException if the text is not that of a cursor */
    static Cursor parse(String text) {
        int colon = text.indexOf(':');
        try {
            return new Cursor(checked(Long.parseLong(text.substring(0, Math.max(0, colon)))),
                    new SessionId(text.substring(colon + 1)).value());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("This is not where a page of sessions begins: pass what the page before told",
                    e);
        }
    }

    private static long checked(long score) {
        if (score < 0) {
            throw new IllegalArgumentException("Entries have positive scores");
        }
        return score;
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
