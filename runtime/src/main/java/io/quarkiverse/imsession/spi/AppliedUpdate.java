package io.quarkiverse.imsession.spi;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.spi.UpdateResult.PresentedToken;

/**
 * What an update makes of a session, by all rules of tokens and lifetimes: a pure function, for stores that write a session as
 * a whole, in one step with reading it.
 *
 * @param result what became of the update
 * @param session what is to be stored; null if the session has ended
 */
public record AppliedUpdate(UpdateResult result, @Nullable StoredSession session) {

    /** @param stored the session as it is at this moment, by the store's clock: see {@link StoredSession#at} */
    public static AppliedUpdate of(StoredSession stored, SessionUpdate update) {
        TokenState.Check check = update.presented() == null ? TokenState.Check.IN_GRACE
                : stored.token().check(update.presented(), stored.now());
        if (!check.isValid()) {
            return new AppliedUpdate(new UpdateResult.Superseded(), stored);
        }
        Expiry expiry = update.expiry();
        Instant expires = expiry == null ? stored.expires()
                : expiry.expires(stored.created(), stored.now(), stored.ownTimeout());
        if (!expires.plus(SessionStore.EXPIRY_SLACK).isAfter(stored.now())) {
            return new AppliedUpdate(new UpdateResult.Gone(), null);
        }
        TokenState token = changed(stored, check, update);
        PresentedToken presented = !token.current().equals(stored.token().current()) ? PresentedToken.REPLACED
                : check == TokenState.Check.CURRENT ? PresentedToken.CURRENT : PresentedToken.IN_GRACE;
        StoredSession session = new StoredSession(token, update.appliedTo(stored.data()),
                update.appliedTo(stored.attributes()), stored.version() + 1, stored.created(),
                presented == PresentedToken.REPLACED ? stored.now() : stored.renewed(), expires,
                expiry == null || expiry.ownTimeout() == null ? stored.ownTimeout() : expiry.ownTimeout(), stored.now());
        return new AppliedUpdate(new UpdateResult.Updated(presented, stored.now(), expires), session);
    }

    private static TokenState changed(StoredSession stored, TokenState.Check check, SessionUpdate update) {
        TokenState token = check == TokenState.Check.CURRENT ? stored.token().confirmed() : stored.token();
        if (update.tokenChange() instanceof TokenChange.Renew renew) {
            return TokenState.only(renew.next());
        }
        if (update.tokenChange() instanceof TokenChange.Rotate rotate && isDue(stored, check, rotate)) {
            return token.rotated(update.presented(), rotate.next(), stored.now().plus(rotate.grace()));
        }
        return token;
    }

    private static boolean isDue(StoredSession stored, TokenState.Check check, TokenChange.Rotate rotate) {
        return switch (check) {
            case CURRENT -> Duration.between(stored.now(), stored.expires()).compareTo(rotate.whenLeft()) < 0;
            case SUCCESSOR_LOST -> true;
            default -> false;
        };
    }
}
