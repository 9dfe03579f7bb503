package io.quarkiverse.imsession.spi;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.spi.UpdateResult.PresentedToken;

/**
 * The effect of an update on a session, by all rules of tokens and lifetimes. It is computed by a pure function, for stores
 * that read a session and write it as a whole in one atomic step.
 *
 * @param result the result of the update
 * @param session the session to store; null if the session has ended
 */
public record AppliedUpdate(UpdateResult result, @Nullable StoredSession session) {

    /** @param stored the session with {@code now} set to the current time of the store's clock, see {@link StoredSession#at} */
    public static AppliedUpdate of(StoredSession stored, SessionUpdate update) {
        if (stored.isReplaced()) {
            return new AppliedUpdate(new UpdateResult.Gone(), stored);
        }
        TokenState.Check check = update.presented() == null ? TokenState.Check.IN_GRACE
                : stored.token().check(update.presented(), stored.now());
        if (!check.isValid()) {
            return new AppliedUpdate(new UpdateResult.Superseded(), stored);
        }
        if (!update.isExpected(stored)) {
            return new AppliedUpdate(new UpdateResult.Changed(stored), stored);
        }
        SessionData data = update.appliedTo(stored.data());
        if (stored.version() != update.basis().version()) {
            UpdateResult.TooLarge tooLarge = update.tooLarge(stored);
            if (tooLarge != null) {
                return new AppliedUpdate(tooLarge, stored);
            }
        }
        Expiry expiry = update.expiry();
        Instant expires = expiry == null ? stored.expiresAt()
                : expiry.expiresAt(stored.createdAt(), stored.now(), stored.ownTimeout());
        if (!expires.plus(SessionStore.EXPIRY_SLACK).isAfter(stored.now())) {
            return new AppliedUpdate(new UpdateResult.Gone(), null);
        }
        TokenState token = changed(stored, check, update);
        PresentedToken presented = !token.current().equals(stored.token().current()) ? PresentedToken.REPLACED
                : check == TokenState.Check.CURRENT ? PresentedToken.CURRENT : PresentedToken.IN_GRACE;
        StoredSession session = new StoredSession(token, data,
                update.appliedTo(stored.attributes()), stored.version() + 1, stored.createdAt(),
                presented == PresentedToken.REPLACED ? stored.now() : stored.renewedAt(), expires,
                expiry == null || expiry.ownTimeout() == null ? stored.ownTimeout() : expiry.ownTimeout(), stored.now());
        boolean changedByOthers = stored.version() != update.basis().version();
        return new AppliedUpdate(
                new UpdateResult.Updated(presented, stored.now(), expires, changedByOthers ? session : null), session);
    }

    /**
     * The session as it is stored after an update; null if it has ended.
     *
     * @param updated the answer of a store to the update
     */
    public static @Nullable StoredSession stored(SessionUpdate update, UpdateResult.Updated updated) {
        return updated.session() != null ? updated.session() : of(update.basis().at(updated.now()), update).session();
    }

    private static TokenState changed(StoredSession stored, TokenState.Check check, SessionUpdate update) {
        if (update.tokenChange() instanceof TokenChange.Renew renew) {
            return stored.token().renewed(renew.next(), stored.now(), renew.grace(), stored.version() + 1);
        }
        if (update.tokenChange() instanceof TokenChange.Rotate rotate && isDue(stored, check, rotate)) {
            return stored.token().rotated(update.presented().token(), rotate.next(), stored.now().plus(rotate.grace()));
        }
        return check == TokenState.Check.CURRENT ? stored.token().usedAt(stored.now()) : stored.token();
    }

    private static boolean isDue(StoredSession stored, TokenState.Check check, TokenChange.Rotate rotate) {
        return switch (check) {
            case CURRENT -> stored.tokenAge().compareTo(rotate.age()) >= 0;
            case SUCCESSOR_LOST -> true;
            default -> false;
        };
    }
}
