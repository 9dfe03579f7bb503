package io.quarkiverse.imsession.runtime.journal;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.JournalEntry.Cause;
import io.quarkiverse.imsession.SessionClient;

/**
 * Who ends a session that is not that of the request.
 *
 * @param client the client that asked for it; null if none did
 * @param actor the name of the user who acts for the user of that client; null if nobody does
 */
public record Party(Cause cause, @Nullable SessionClient client, @Nullable String actor) {

    /** A party without a client. */
    public static Party of(Cause cause) {
        return new Party(cause, null, null);
    }
}
