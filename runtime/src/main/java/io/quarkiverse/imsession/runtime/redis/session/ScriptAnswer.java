package io.quarkiverse.imsession.runtime.redis.session;

import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;

/**
 * The answer of a script that changes one session: a word, and up to two numbers.
 *
 * @param first the first number, or 0
 * @param second the second number, or 0
 * @param reply the whole reply, as some scripts return more after the answer
 */
public record ScriptAnswer(String word, long first, long second, Response reply) {

    private static final int DECIMAL = 10;
    private static final Set<String> CHANGED = Set.of("CREATED", "CURRENT", "IN_GRACE", "REPLACED");

    static ScriptAnswer of(Response reply) {
        String text = (reply.type() == ResponseType.MULTI ? reply.get(0) : reply).toString();
        int afterWord = end(text, 0);
        int afterFirst = end(text, afterWord + 1);
        return new ScriptAnswer(text.substring(0, afterWord), number(text, afterWord, afterFirst),
                number(text, afterFirst, text.length()), reply);
    }

    /** Whether the script has changed the session. */
    boolean isChange() {
        return CHANGED.contains(word);
    }

    /** The session that ends the reply, as the reply of {@code HGETALL}; null if there is none. */
    @Nullable
    Response session() {
        int last = reply.type() == ResponseType.MULTI ? reply.size() - 1 : 0;
        return last > 0 && reply.get(last).type() == ResponseType.MULTI ? reply.get(last) : null;
    }

    /** The number of elements of the reply between the answer and the session. */
    public int more() {
        return reply.type() != ResponseType.MULTI ? 0 : reply.size() - (session() == null ? 1 : 2);
    }

    private static int end(String text, int from) {
        int space = text.indexOf(' ', from);
        return space < 0 ? text.length() : space;
    }

    private static long number(String text, int space, int end) {
        return space == text.length() ? 0 : Long.parseLong(text, space + 1, end, DECIMAL);
    }
}
