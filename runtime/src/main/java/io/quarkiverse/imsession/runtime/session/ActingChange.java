package io.quarkiverse.imsession.runtime.session;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

import io.quarkiverse.imsession.FieldReads;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.codec.Utf8;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;

/**
 * What a session becomes in which its user begins to act for another one, but for the new token. A pure function, as changes
 * are repeated.
 *
 * @param presentRoles the roles that the user of a log-in has in this request
 */
record ActingChange(String user, Set<String> roles, String reason, SessionPolicy policy,
        Function<Login, Set<String>> presentRoles) {

    /**
     * @throws UnauthorizedException if nobody is logged in
     * @throws ForbiddenException if the user of the session may not act for this one
     */
    SessionState of(SessionState current) {
        ActingRules rules = policy.acting();
        Login own = Login.of(current);
        Login acted = own == null ? Login.of(user, roles) : Login.acted(user, roles, own);
        rules.check(own, own == null ? Set.of() : presentRoles.apply(own), acted);
        StoredSession stored = current.stored();
        if (stored == null) {
            throw new IllegalStateException("ImSession.actAs() was called in a session that this request has made: store it"
                    + " by ImSession.commit() before");
        }
        Acting acting = new Acting(Objects.requireNonNull(own).principal(), reason, stored.now().plus(rules.timeout()));
        FieldReads reads = current.readsOrNew();
        // Whatever parallel requests store for the user who acts would be left to the other one, so it counts as read.
        SessionData data = reads.apply(current.dataOrEmpty(), fields -> acted.after(null, SessionData.empty()));
        policy.check(data, SessionData.empty(), Utf8.length(acted.encode()) + Utf8.length(acting.encode()));
        return current.withReads(reads).withData(data).with(attributes(current, stored, acted, acting));
    }

    /** Of the attributes, only those of the client and its device stay. */
    private static Map<String, String> attributes(SessionState current, StoredSession stored, Login acted, Acting acting) {
        Map<String, String> attributes = new HashMap<>();
        stored.attributes().keySet().forEach(name -> attributes.put(name, ""));
        current.attributes().keySet().forEach(name -> attributes.put(name, ""));
        attributes.keySet().removeAll(Set.of(Attributes.USER_AGENT, Attributes.ADDRESS, Attributes.DEVICE));
        attributes.put(Attributes.LOGIN, acted.encode());
        attributes.put(Attributes.ACTING, acting.encode());
        return attributes;
    }
}
