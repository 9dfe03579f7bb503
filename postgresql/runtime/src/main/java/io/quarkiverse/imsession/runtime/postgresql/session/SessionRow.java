package io.quarkiverse.imsession.runtime.postgresql.session;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.spi.TokenHash;
import io.quarkiverse.imsession.spi.TokenState;
import io.vertx.sqlclient.Row;

/**
 * A session as a row has it.
 *
 * @param session the session, or the remainder of a replaced one
 * @param indexed the settings of references under which it was entered, see {@link ReferencePlan#settings()}
 */
public record SessionRow(StoredSession session, int indexed) {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.imsession.postgresql");
    private static final TokenState.Kind[] KINDS = { TokenState.Kind.UNSETTLED, TokenState.Kind.SETTLED,
            TokenState.Kind.REVOKED };

    /**
     * Reads the columns of {@link Statements}, and the data.
     *
     * @param from the index of the first column
     * @param now the time of the load
     * @return null if there is no session, or another program has damaged it
     */
    public static @Nullable SessionRow read(Row row, int from, Instant now) {
        if (row.getValue(from) == null) {
            return null;
        }
        try {
            TokenState tokens = new TokenState(new TokenHash(row.getString(from + 9)), hash(row.getString(from + 10)),
                    hash(row.getString(from + 11)), instant(row, from + 5), KINDS[row.getShort(from + 8)],
                    row.getLong(from + 1));
            int indexed = row.getInteger(from + 7);
            if (tokens.current().equals(TokenHash.NOBODYS)) {
                return new SessionRow(StoredSession.ofReplaced(tokens, now), indexed);
            }
            Long timeout = row.getLong(from + 6);
            return new SessionRow(
                    new StoredSession(tokens, SessionData.fromJson(SessionDocument.data(row.getString(from + 13))),
                            SessionDocument.attributes(row.getString(from + 12)), row.getLong(from), instant(row, from + 2),
                            instant(row, from + 4), instant(row, from + 3), timeout == null ? null : Duration.ofMillis(timeout),
                            now),
                    indexed);
        } catch (IllegalArgumentException | ArithmeticException | ArrayIndexOutOfBoundsException e) {
            LOG.debugf("A row of a session is damaged");
            return null;
        }
    }

    private static @Nullable TokenHash hash(@Nullable String text) {
        return text == null ? null : new TokenHash(text);
    }

    /** A time in whole milliseconds, which the statements write. */
    private static @Nullable Instant instant(Row row, int column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : Instant.ofEpochMilli(time.toInstant().toEpochMilli());
    }

    static int kind(TokenState tokens) {
        return switch (tokens.kind()) {
            case UNSETTLED -> 0;
            case SETTLED -> 1;
            case REVOKED -> 2;
        };
    }
}
