package io.quarkiverse.imsession.runtime.session;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.FieldReads;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.codec.Utf8;
import io.quarkiverse.imsession.spi.SessionToken;

/**
 * What a log-in makes of a session, but for the new token that each log-in brings. A pure function, as changes are repeated.
 *
 * @param made the token of the session that the log-in makes, if there is none
 * @param bindsDevices whether sessions are bound to devices
 */
record LoginChange(Login login, SessionPolicy policy, TokenCodec tokens, @Nullable SessionToken made, boolean bindsDevices) {

    SessionState of(SessionState current) {
        if (!policy.logins()) {
            throw new IllegalStateException("ImSession.login() was called, but the next request would not be authenticated:"
                    + " build with quarkus.imsession.security.enabled=true");
        }
        Login owner = Login.owner(current);
        // Whoever acts for a user must not take what that session has along, nor leave it to the user.
        SessionState before = login.follows(owner) && isOfUserOrNobody(current) && !Acting.isIn(current)
                ? withoutCredentials(current, owner)
                : current.destroyed();
        FieldReads reads = before.readsOrNew();
        SessionData data = reads.apply(before.dataOrEmpty(), fields -> login.after(owner, fields));
        String text = login.encode();
        policy.check(data, before.dataOrEmpty(), Utf8.length(text) + SessionFlash.size(before));
        SessionState after = before.withData(data, reads, made, tokens).with(Attributes.LOGIN, text);
        // The device of a session that nobody was logged in to may be that of whoever has planted it.
        return bindsDevices && owner == null ? after.with(Attributes.DEVICE, "") : after;
    }

    /** Names of users may have spaces, those of mechanisms have none: see {@link RequestSession#own}. */
    private boolean isOfUserOrNobody(SessionState current) {
        String other = current.attribute(Attributes.OWNER);
        if (other == null || other.isEmpty()) {
            return true;
        }
        int space = other.indexOf(' ');
        return space >= 0 && other.substring(space + 1).equals(login.principal());
    }

    private static SessionState withoutCredentials(SessionState current, @Nullable Login owner) {
        String name = owner == null ? null : owner.credentials();
        return name == null ? current : current.with(name, "");
    }
}
