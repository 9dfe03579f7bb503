package io.quarkiverse.imsession.runtime.session;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.codec.JsonText;
import io.quarkiverse.imsession.spi.Expiry;
import io.quarkiverse.imsession.spi.StoredSession;

/**
 * Who acts for the user of a session, why, and for how long at most. It is kept apart from the data, so that no change of the
 * data can make somebody act for others, or hide that somebody does.
 *
 * @param until by the store's clock; the session is over then
 */
public record Acting(String actor, String reason, Instant until) {

    private static final String ACTOR = "actor";
    private static final String REASON = "reason";
    private static final String UNTIL = "until";

    /** What is kept in the attributes of a session; null if nobody acts in it, or if the text is damaged. */
    public static @Nullable Acting of(Map<String, String> attributes) {
        return decode(attributes.get(Attributes.ACTING));
    }

    /** Whether somebody acts in a session, even if the text is damaged. */
    static boolean isIn(SessionState state) {
        String kept = state.attribute(Attributes.ACTING);
        return kept != null && !kept.isEmpty();
    }

    /** Whether a stored session is over, as nobody may act in it any more, or as its text is damaged. */
    static boolean isOver(StoredSession stored, ActingRules rules) {
        String kept = stored.attributes().get(Attributes.ACTING);
        if (kept == null) {
            return false;
        }
        Acting acting = decode(kept);
        return acting == null || !rules.isOn() || !stored.now().isBefore(acting.until);
    }

    /** The rules by which a stored session expires: no later than acting ends. */
    public static Expiry limited(Expiry usual, StoredSession stored) {
        return limited(usual, stored.attributes().get(Attributes.ACTING), stored.createdAt());
    }

    /** @param kept the text of who acts in the session; null if nobody does */
    static Expiry limited(Expiry usual, @Nullable String kept, Instant createdAt) {
        Acting acting = kept == null ? null : decode(kept);
        if (acting == null) {
            return usual;
        }
        Duration longest = Duration.between(createdAt, acting.until);
        return usual.absolute() != null && usual.absolute().compareTo(longest) <= 0 ? usual
                : new Expiry(usual.timeout(), usual.ownTimeout(), longest);
    }

    /** The text to store. */
    String encode() {
        return JsonText.writeObject(Map.of(ACTOR, actor, REASON, reason, UNTIL, until.toEpochMilli()));
    }

    static @Nullable Acting decode(@Nullable String kept) {
        Map<?, ?> json = kept == null || kept.isEmpty() ? null : JsonText.readObject(kept);
        return json != null && json.get(ACTOR) instanceof String actor && json.get(REASON) instanceof String reason
                && json.get(UNTIL) instanceof Number until
                        ? new Acting(actor, reason, Instant.ofEpochMilli(until.longValue()))
                        : null;
    }

    /** Leaves names and the reason out. */
    @Override
    public String toString() {
        return "Acting[until=" + until + "]";
    }
}
