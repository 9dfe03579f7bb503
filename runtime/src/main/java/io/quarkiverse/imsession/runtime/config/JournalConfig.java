package io.quarkiverse.imsession.runtime.config;

import java.time.Duration;
import java.util.List;

import io.smallrye.config.WithDefault;

/** The journal. */
public interface JournalConfig {

    /**
     * Whether a journal is kept of each user: log-ins, renewals, refused tokens and ends of the user's sessions, with the time
     * and the cause, and with address and `User-Agent` of the client if `client.record-address` and `client.record-user-agent`
     * are set. This is personal data: tell your users, and erase it with them. Each such event costs one more command, for
     * which nothing waits; reading a session costs nothing.
     */
    @WithDefault("false")
    boolean enabled();

    /**
     * The fields of sessions that tell the user. Each must be one of `references`. Each event costs one command for each field
     * that the session has.
     */
    @WithDefault("principal")
    List<String> fields();

    /** The greatest number of entries of a user, up to 10000. The newest ones are kept. */
    @WithDefault("1000")
    int maxEntries();

    /** How long an entry is kept. */
    @WithDefault("90D")
    Duration maxAge();
}
