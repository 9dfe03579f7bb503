package io.quarkiverse.imsession.runtime.admin;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

import io.quarkiverse.imsession.ImSessions;
import io.quarkiverse.imsession.PageRequest;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.SessionInfo;
import io.quarkiverse.imsession.SessionPage;
import io.quarkiverse.imsession.runtime.session.FieldNames;

/** Waits for its reactive twin. */
public final class BlockingSessions implements ImSessions {

    private final SessionAdministration sessions;

    public BlockingSessions(SessionAdministration sessions) {
        this.sessions = sessions;
    }

    @Override
    public Optional<SessionInfo> get(SessionId id) {
        return sessions.get(id).await().indefinitely();
    }

    @Override
    public Optional<SessionInfo> get(SessionId id, String field, String... more) {
        return sessions.get(id, field, more).await().indefinitely();
    }

    @Override
    public SessionPage list(String field, Object value, int size) {
        return sessions.list(field, value, size).await().indefinitely();
    }

    @Override
    public SessionPage list(String field, Object value, PageRequest page) {
        return sessions.list(field, value, page).await().indefinitely();
    }

    @Override
    public SessionPage list(PageRequest page) {
        return sessions.list(page).await().indefinitely();
    }

    @Override
    public Stream<SessionInfo> stream(String field, Object value) {
        return sessions.pages(field, value, null).stream();
    }

    @Override
    public Stream<SessionInfo> stream(String field, Object value, String chosen, String... more) {
        return sessions.pages(field, value, FieldNames.of(chosen, more)).stream();
    }

    @Override
    public Stream<SessionInfo> stream() {
        return sessions.pages().stream();
    }

    @Override
    public long count(String field, Object value) {
        return sessions.count(field, value).await().indefinitely();
    }

    @Override
    public long count() {
        return sessions.count().await().indefinitely();
    }

    @Override
    public boolean update(SessionId id, SessionData fields) {
        return sessions.update(id, fields).await().indefinitely();
    }

    @Override
    public boolean unset(SessionId id, String... fields) {
        return sessions.unset(id, fields).await().indefinitely();
    }

    @Override
    public boolean touch(SessionId id) {
        return sessions.touch(id).await().indefinitely();
    }

    @Override
    public boolean touch(SessionId id, Duration timeout) {
        return sessions.touch(id, timeout).await().indefinitely();
    }

    @Override
    public boolean destroy(SessionId id) {
        return sessions.destroy(id).await().indefinitely();
    }

    @Override
    public long destroyAll(String field, Object value) {
        return sessions.destroyAll(field, value).await().indefinitely();
    }

    @Override
    public long destroyOthers(String field, Object value, SessionId kept) {
        return sessions.destroyOthers(field, value, kept).await().indefinitely();
    }

    @Override
    public long destroyAll() {
        return sessions.destroyAll().await().indefinitely();
    }

    @Override
    public String getKey(SessionId id) {
        return sessions.getKey(id);
    }

    @Override
    public String getReferenceKey(String field, Object value) {
        return sessions.getReferenceKey(field, value);
    }
}
