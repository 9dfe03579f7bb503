package io.quarkiverse.imsession.runtime.histories;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.runtime.histories.Call.Step;
import io.quarkiverse.imsession.spi.DestroyResult;
import io.quarkiverse.imsession.spi.Expiry;
import io.quarkiverse.imsession.spi.NewSession;
import io.quarkiverse.imsession.spi.Presented;
import io.quarkiverse.imsession.spi.SessionUpdate;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.spi.TokenChange;
import io.quarkiverse.imsession.spi.TokenHash;
import io.quarkiverse.imsession.spi.TokenState.Kind;
import io.quarkiverse.imsession.spi.UpdateResult;
import io.quarkiverse.imsession.spi.UpdateResult.Changed;
import io.quarkiverse.imsession.spi.UpdateResult.Gone;
import io.quarkiverse.imsession.spi.UpdateResult.PresentedToken;
import io.quarkiverse.imsession.spi.UpdateResult.Superseded;
import io.quarkiverse.imsession.spi.UpdateResult.Updated;

/**
 * What one session is if one operation comes after the other, told plainly. Time stands still: no grace ends.
 *
 * @param current null if there is no session
 */
record SessionModel(@Nullable TokenHash current, @Nullable TokenHash previous, @Nullable TokenHash dropped, Kind kind,
        long version, long revoked, Map<String, String> data) {

    static final SessionModel NONE = new SessionModel(null, null, null, Kind.SETTLED, 0, 0, Map.of());

    static final Expiry SHORT = Lifetimes.expiry(10);
    static final Expiry LONG = Lifetimes.expiry(60);

    /** @param answered false if nobody knows whether it was stored */
    static Step<SessionModel> create(NewSession session, boolean answered) {
        return before -> before.exists() ? answered ? null : before
                : new SessionModel(session.token(), null, null, Kind.SETTLED, 1, 0, session.data().toJson());
    }

    static Step<SessionModel> load(@Nullable StoredSession found) {
        return before -> before.isAs(found) ? before : null;
    }

    /** @param ended null if nobody knows */
    static Step<SessionModel> destroy(@Nullable Boolean ended) {
        return before -> ended == null || ended == before.exists() ? NONE : null;
    }

    /** @param result null if nobody knows */
    static Step<SessionModel> destroy(Presented presented, @Nullable DestroyResult result) {
        return before -> {
            DestroyResult expected = !before.exists() ? DestroyResult.GONE
                    : before.isValid(presented) ? DestroyResult.DESTROYED : DestroyResult.SUPERSEDED;
            return result != null && result != expected ? null : expected == DestroyResult.DESTROYED ? NONE : before;
        };
    }

    /** @param result null if nobody knows */
    static Step<SessionModel> update(SessionUpdate update, @Nullable UpdateResult result) {
        return before -> result != null && !before.answers(update, result) ? null
                : before.allows(update) && before.isExpected(update) ? before.after(update, before.presented(update)) : before;
    }

    private boolean exists() {
        return current != null;
    }

    private boolean isAs(@Nullable StoredSession found) {
        if (found == null || current == null) {
            return found == null && current == null;
        }
        return version == found.version() && data.equals(found.data().toJson()) && current.equals(found.token().current())
                && Objects.equals(previous, found.token().previous()) && Objects.equals(dropped, found.token().dropped())
                && kind == found.token().kind() && revoked == found.token().revoked();
    }

    private boolean isValid(Presented presented) {
        return presented.token().equals(current) || presented.version() >= revoked;
    }

    private boolean answers(SessionUpdate update, UpdateResult result) {
        if (!exists()) {
            return result instanceof Gone;
        }
        if (!allows(update)) {
            return result instanceof Superseded;
        }
        if (!isExpected(update)) {
            return result instanceof Changed changed && isAs(changed.session());
        }
        PresentedToken presented = presented(update);
        return result instanceof Updated updated && updated.token() == presented
                && (isAsLoaded(update) ? updated.session() == null : after(update, presented).isAs(updated.session()));
    }

    private boolean allows(SessionUpdate update) {
        return exists() && (update.presented() == null || isValid(update.presented()));
    }

    private boolean isAsLoaded(SessionUpdate update) {
        return version == update.basis().version();
    }

    private boolean isExpected(SessionUpdate update) {
        Map<String, String> loaded = update.basis().data().toJson();
        return isAsLoaded(update) || !update.expected().all() && update.expected().fields().stream()
                .allMatch(field -> Objects.equals(loaded.get(field), data.get(field)));
    }

    private PresentedToken presented(SessionUpdate update) {
        boolean isCurrent = update.presented() != null && update.presented().token().equals(current);
        boolean replaces = update.tokenChange() instanceof TokenChange.Renew
                || update.tokenChange() instanceof TokenChange.Rotate rotate && isCurrent && rotate.age().isZero();
        return replaces ? PresentedToken.REPLACED : isCurrent ? PresentedToken.CURRENT : PresentedToken.IN_GRACE;
    }

    private SessionModel after(SessionUpdate update, PresentedToken token) {
        Map<String, String> fields = new HashMap<>(data);
        fields.putAll(update.changed());
        fields.keySet().removeAll(update.removed());
        if (token == PresentedToken.REPLACED && update.tokenChange() instanceof TokenChange.Renew renew) {
            return new SessionModel(renew.next(), current, previous, Kind.REVOKED, version + 1, version + 1, fields);
        }
        if (token == PresentedToken.REPLACED && update.tokenChange() instanceof TokenChange.Rotate rotate) {
            return new SessionModel(rotate.next(), current, null, Kind.UNSETTLED, version + 1, revoked, fields);
        }
        return new SessionModel(current, previous, dropped, kind, version + 1, revoked, fields);
    }

    /** The tokens by the beginning of their hashes. */
    @Override
    public String toString() {
        return current == null ? "none"
                : "v" + version + data + " token " + brief(current) + (previous == null ? "" : " after " + brief(previous))
                        + ' ' + kind;
    }

    static String brief(@Nullable TokenHash hash) {
        return hash == null ? "-" : hash.value().substring(0, 4);
    }
}
