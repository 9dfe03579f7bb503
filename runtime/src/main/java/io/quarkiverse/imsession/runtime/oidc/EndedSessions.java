package io.quarkiverse.imsession.runtime.oidc;

import java.time.Duration;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.runtime.admin.SessionAdministration;
import io.quarkiverse.imsession.runtime.session.Contexts;
import io.quarkiverse.imsession.runtime.session.EndedUsers;
import io.quarkiverse.imsession.runtime.session.GuardedStore;
import io.quarkiverse.imsession.runtime.session.StoreFailures;
import io.smallrye.mutiny.Uni;

/**
 * Ends sessions whose session at the provider was ended. A log-in with it that goes on at that moment would make a session
 * afterwards, so that is refused for a while.
 */
@Singleton
public class EndedSessions {

    private static final Duration LONGEST_LOG_IN = Duration.ofMinutes(2);
    private static final String ENDED = "ended";
    private static final Uni<Boolean> NOT = Uni.createFrom().item(false);

    private final SessionAdministration sessions;
    private final GuardedStore store;
    private final EndedUsers users;

    EndedSessions(SessionAdministration sessions, GuardedStore store, EndedUsers users) {
        this.sessions = sessions;
        this.store = store;
        this.users = users;
    }

    /** Ends the sessions with a session at the provider, as that has told. The item is their number. */
    Uni<Long> end(String issuer, String sid) {
        String reference = OidcReferences.of(issuer, sid);
        return refuseLogIns(reference).chain(() -> sessions.destroyAllByProvider(OidcReferences.SESSION, reference));
    }

    /**
     * Ends the sessions with a session at the provider, as a request has told that anybody can send. The item is their number.
     */
    Uni<Long> endUnproven(String issuer, String sid) {
        String reference = OidcReferences.of(issuer, sid);
        return refuseLogIns(reference)
                .chain(() -> sessions.destroyAllButCookies(OidcReferences.SESSION, reference));
    }

    private Uni<String> refuseLogIns(String reference) {
        return Uni.createFrom().completionStage(() -> store.claim(name(reference), ENDED, LONGEST_LOG_IN));
    }

    /** Ends all sessions of a user. The item is their number. */
    Uni<Long> endAll(String issuer, String subject) {
        return sessions.destroyAllByProvider(OidcReferences.SUBJECT, OidcReferences.of(issuer, subject));
    }

    /**
     * Whether a session at the provider was ended a moment ago.
     *
     * @param reference names it, see {@link OidcReferences#SESSION}; null if the provider has named none
     */
    Uni<Boolean> isEnded(@Nullable String reference) {
        return reference == null ? NOT
                : Uni.createFrom().completionStage(() -> store.holder(name(reference))).map(ENDED::equals)
                        .emitOn(Contexts.ofCaller());
    }

    /**
     * Whether a session at the provider was ended a moment ago, or the provider itself has told that since cookies of the
     * mechanism are accepted.
     *
     * @param reference see {@link #isEnded}
     */
    Uni<Boolean> isEndedForCookies(@Nullable String reference) {
        return reference == null ? NOT
                : isEnded(reference).chain(over -> over ? Uni.createFrom().item(true)
                        : Uni.createFrom().completionStage(() -> users.has(OidcReferences.SESSION, reference)))
                        .onFailure().transform(StoreFailures::asRefusal).emitOn(Contexts.ofCaller());
    }

    private static String name(String reference) {
        return "oidc-ended " + reference;
    }
}
