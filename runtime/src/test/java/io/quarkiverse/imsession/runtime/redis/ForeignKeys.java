package io.quarkiverse.imsession.runtime.redis;

import java.util.function.BiConsumer;

import io.quarkiverse.imsession.SessionId;

/** What is in a Redis besides sessions. */
public final class ForeignKeys {

    private ForeignKeys() {
    }

    /**
     * Puts keys that look like those of sessions, and damages a session.
     *
     * @param commands takes a key and a command on it
     */
    public static void put(String prefix, SessionId damaged, BiConsumer<String, String[]> commands) {
        for (String key : new String[] { prefix, prefix + ":{", prefix + ":{}", prefix + ":{short}", prefix + ":{" + damaged,
                prefix + ":{" + damaged + "}x", prefix + "x:{" + damaged + "}", "x" + prefix + ":{" + damaged + "}",
                prefix + ":{" + "!".repeat(SessionId.LENGTH) + "}" }) {
            commands.accept(key, new String[] { "HSET", key, "@meta", "x 1 2 3" });
        }
        String noHash = prefix + ":{" + "A".repeat(SessionId.LENGTH) + "}";
        commands.accept(noHash, new String[] { "SET", noHash, "a string" });
        String noSession = prefix + ":{" + "B".repeat(SessionId.LENGTH) + "}";
        commands.accept(noSession, new String[] { "HSET", noSession, "a", "1" });
        String session = prefix + ":{" + damaged + "}";
        commands.accept(session, new String[] { "HSET", session, "@meta", "x 1 soon 1" });
    }
}
