package io.quarkiverse.imsession.runtime.postgresql;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.Reference;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.runtime.postgresql.client.PgClock;
import io.quarkiverse.imsession.runtime.postgresql.client.PgConnections;
import io.quarkiverse.imsession.runtime.postgresql.index.PgBulkDestroy;
import io.quarkiverse.imsession.runtime.postgresql.index.PgFinder;
import io.quarkiverse.imsession.runtime.postgresql.push.PgChanges;
import io.quarkiverse.imsession.runtime.postgresql.session.PgClaims;
import io.quarkiverse.imsession.runtime.postgresql.session.PgJournals;
import io.quarkiverse.imsession.runtime.postgresql.session.PgSessions;
import io.quarkiverse.imsession.runtime.postgresql.session.Statements;
import io.quarkiverse.imsession.runtime.postgresql.session.Tables;
import io.quarkiverse.imsession.runtime.postgresql.upkeep.Cleanup;
import io.quarkiverse.imsession.runtime.store.SessionLimits;
import io.quarkiverse.imsession.spi.Created;
import io.quarkiverse.imsession.spi.DestroyResult;
import io.quarkiverse.imsession.spi.IndexedSessionStore;
import io.quarkiverse.imsession.spi.JournalStore;
import io.quarkiverse.imsession.spi.NewSession;
import io.quarkiverse.imsession.spi.Presented;
import io.quarkiverse.imsession.spi.Replaced;
import io.quarkiverse.imsession.spi.SessionChanges;
import io.quarkiverse.imsession.spi.SessionUpdate;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.spi.UpdateResult;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;

/** Keeps sessions in PostgreSQL. What others can read is committed, so nothing has to be confirmed. */
public final class PostgresSessionStore implements IndexedSessionStore, SessionChanges, JournalStore {

    private final PgClock clock = new PgClock();
    private final Vertx vertx;
    private final Pool pool;
    private final String channel;
    private final PgSessions sessions;
    private final PgFinder finder;
    private final PgBulkDestroy bulkDestroy;
    private final PgClaims claims;
    private final PgJournals journals;
    private final Cleanup cleanup;
    private volatile @Nullable PgChanges changes;

    /**
     * @param datasource the name of the datasource of the pool, for messages
     * @param commandTimeout how long an operation may take
     * @param references the fields by which sessions are found
     * @param limits the limits on the number of sessions of their values
     * @param cleanupInterval the time between two searches for expired sessions; zero for none
     * @param cleanupBatch how many sessions a statement of such a search looks at
     * @param journalAge how long entries of journals are kept
     * @param notify whether changes are told to those who {@link #listen}
     */
    PostgresSessionStore(Vertx vertx, Pool pool, String datasource, Tables tables, Duration commandTimeout,
            Set<String> references, SessionLimits limits, Duration cleanupInterval, int cleanupBatch, Duration journalAge,
            boolean notify,
            StoreCounters counters) {
        this.vertx = vertx;
        this.pool = pool;
        this.channel = tables.channel();
        PgConnections connections = new PgConnections(vertx, pool, datasource, commandTimeout, counters.retried());
        Statements statements = new Statements(tables, notify ? tables.channel() : null);
        this.sessions = new PgSessions(connections, clock, statements, tables, references, limits);
        this.finder = new PgFinder(connections, clock, statements);
        this.bulkDestroy = new PgBulkDestroy(connections, statements);
        this.claims = new PgClaims(connections, statements);
        this.journals = new PgJournals(connections, statements);
        this.cleanup = new Cleanup(vertx, connections, statements, cleanupInterval, cleanupBatch, journalAge,
                counters.cleaned());
        cleanup.start();
    }

    PgClock clock() {
        return clock;
    }

    @Override
    public void listen(Listener listener, Duration maxSilence) {
        PgChanges made = new PgChanges(vertx, pool, channel, maxSilence, listener);
        changes = made;
        made.start();
    }

    @Override
    public Instant now() {
        return clock.now();
    }

    /** Searches no more for expired sessions, and listens no more. The pool belongs to the application. */
    public void close() {
        PgChanges listening = changes;
        if (listening != null) {
            listening.close();
        }
        cleanup.close();
    }

    @Override
    public CompletionStage<@Nullable StoredSession> load(SessionId id) {
        return sessions.load(id);
    }

    @Override
    public CompletionStage<@Nullable StoredSession> load(SessionId id, Set<String> fields) {
        return sessions.load(id, fields);
    }

    @Override
    public CompletionStage<Created> create(SessionId id, NewSession session) {
        return sessions.create(id, session);
    }

    @Override
    public CompletionStage<Replaced> replace(SessionId old, Presented presented, Duration grace, SessionId id,
            NewSession session) {
        return sessions.replace(old, presented, grace, id, session);
    }

    @Override
    public CompletionStage<UpdateResult> update(SessionId id, SessionUpdate update) {
        return sessions.update(id, update);
    }

    @Override
    public boolean isTransactional() {
        return true;
    }

    @Override
    public CompletionStage<String> claim(String name, String holder, Duration atMost) {
        return claims.claim(name, holder, atMost);
    }

    @Override
    public CompletionStage<@Nullable String> holder(String name) {
        return claims.holder(name);
    }

    @Override
    public CompletionStage<Boolean> release(String name, String holder) {
        return claims.release(name, holder);
    }

    @Override
    public boolean hasClaims() {
        return true;
    }

    @Override
    public CompletionStage<@Nullable Void> appendToJournal(Reference reference, Map<String, String> entry, Limits kept) {
        return journals.append(reference, entry, kept);
    }

    @Override
    public CompletionStage<List<StoredEntry>> readJournal(Reference reference, int most, Limits kept) {
        return journals.read(reference, most, kept);
    }

    @Override
    public CompletionStage<Boolean> eraseJournal(Reference reference) {
        return journals.erase(reference);
    }

    @Override
    public CompletionStage<Boolean> destroy(SessionId id) {
        return sessions.destroy(id);
    }

    @Override
    public CompletionStage<DestroyResult> destroy(SessionId id, Presented presented) {
        return sessions.destroy(id, presented);
    }

    @Override
    public CompletionStage<Page> find(Reference reference, @Nullable String after, int limit, @Nullable Set<String> fields) {
        return finder.find(reference, after, limit, fields);
    }

    @Override
    public Scan scan(Reference reference, int limit, @Nullable Set<String> fields) {
        return finder.scan(reference, limit, fields);
    }

    @Override
    public CompletionStage<Page> findAll(@Nullable String after, int limit) {
        return finder.findAll(after, limit);
    }

    @Override
    public CompletionStage<Long> destroyAll(Reference reference, @Nullable SessionId kept, Consumer<SessionId> ended) {
        return bulkDestroy.destroyAll(reference, kept, ended);
    }

    @Override
    public CompletionStage<Long> destroyEverySession(Consumer<SessionId> ended) {
        return bulkDestroy.destroyAll(null, null, ended);
    }
}
