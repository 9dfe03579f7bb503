package io.quarkiverse.imsession.runtime.admin;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import io.quarkiverse.imsession.ImSessions;
import io.quarkiverse.imsession.JournalEntry;
import io.quarkiverse.imsession.PageRequest;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.SessionInfo;
import io.quarkiverse.imsession.SessionPage;
import io.quarkiverse.imsession.runtime.session.FieldNames;
import io.quarkiverse.imsession.spi.StoredSession;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;

/** Waits for the results of {@link SessionAdministration}. */
public final class BlockingSessions implements ImSessions {

    private final SessionAdministration sessions;

    public BlockingSessions(SessionAdministration sessions) {
        this.sessions = sessions;
    }

    /** @throws IllegalStateException on an event loop */
    static <T> T await(Uni<T> result) {
        if (!Infrastructure.canCallerThreadBeBlocked()) {
            throw new IllegalStateException("ImSessions waits for the store, and was called on the event loop "
                    + Thread.currentThread().getName()
                    + ", which must not wait: inject ReactiveImSessions there, or annotate the"
                    + " endpoint with @Blocking");
        }
        return result.await().indefinitely();
    }

    @Override
    public Optional<SessionInfo> get(SessionId id) {
        return await(sessions.get(id));
    }

    @Override
    public Optional<SessionInfo> get(SessionId id, Set<String> fields) {
        return await(sessions.get(id, fields));
    }

    @Override
    public SessionPage list(String field, Object value, int size) {
        return await(sessions.list(field, value, size));
    }

    @Override
    public SessionPage list(String field, Object value, PageRequest page) {
        return await(sessions.list(field, value, page));
    }

    @Override
    public SessionPage list(PageRequest page) {
        return await(sessions.list(page));
    }

    @Override
    public Stream<SessionInfo> stream(String field, Object value) {
        return sessions.pages(field, value, null).stream();
    }

    @Override
    public Stream<SessionInfo> stream(String field, Object value, Set<String> fields) {
        return sessions.pages(field, value, FieldNames.of(fields)).stream();
    }

    @Override
    public Stream<SessionInfo> stream() {
        return sessions.pages().stream();
    }

    @Override
    public long count(String field, Object value) {
        return await(sessions.count(field, value));
    }

    @Override
    public long count() {
        return await(sessions.count());
    }

    @Override
    public boolean update(SessionId id, SessionData fields) {
        return await(sessions.update(id, fields));
    }

    @Override
    public boolean update(SessionId id, UnaryOperator<SessionData> change) {
        Transaction transaction = sessions.transaction(id, change);
        try {
            StoredSession basis = await(sessions.load(id));
            while (!transaction.isOver(basis)) {
                // The function is called on this thread and not on an event loop, as it may block.
                basis = await(transaction.store(transaction.update(basis))).orElse(null);
            }
            return transaction.isUpdated();
        } finally {
            transaction.close();
        }
    }

    @Override
    public boolean unset(SessionId id, String... fields) {
        return await(sessions.unset(id, fields));
    }

    @Override
    public boolean touch(SessionId id) {
        return await(sessions.touch(id));
    }

    @Override
    public boolean touch(SessionId id, Duration timeout) {
        return await(sessions.touch(id, timeout));
    }

    @Override
    public boolean destroy(SessionId id) {
        return await(sessions.destroy(id));
    }

    @Override
    public long destroyAll(String field, Object value) {
        return await(sessions.destroyAll(field, value));
    }

    @Override
    public long destroyOthers(String field, Object value, SessionId kept) {
        return await(sessions.destroyOthers(field, value, kept));
    }

    @Override
    public List<JournalEntry> journal(String field, Object value) {
        return await(sessions.journal(field, value));
    }

    @Override
    public List<JournalEntry> journal(String field, Object value, int most) {
        return await(sessions.journal(field, value, most));
    }

    @Override
    public boolean eraseJournal(String field, Object value) {
        return await(sessions.eraseJournal(field, value));
    }

    @Override
    public long destroyEverySession() {
        return await(sessions.destroyEverySession());
    }
}
