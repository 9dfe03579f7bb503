package io.quarkiverse.imsession.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.Reference;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.spi.IndexedSessionStore;
import io.quarkiverse.imsession.spi.IndexedSessionStore.Found;
import io.quarkiverse.imsession.spi.IndexedSessionStore.Page;
import io.quarkiverse.imsession.spi.NewSession;
import io.quarkiverse.imsession.spi.SessionToken;
import io.quarkiverse.imsession.spi.SessionUpdate;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.spi.TokenChange;
import io.quarkiverse.imsession.spi.UpdateResult;

/** What every {@link IndexedSessionStore} must do besides. Its references are the fields {@code user_id} and {@code tenant}. */
public abstract class IndexedSessionStoreContract extends SessionStoreContract {

    private static final int ALL = 1000;

    @Override
    protected abstract IndexedSessionStore store();

    @Test
    protected void sessionIsFoundByEachOfItsReferences() {
        String user = unique();
        String tenant = unique();
        SessionToken token = create(SessionData.of("user_id", user, "tenant", tenant, "other", 1));

        assertThat(find("user_id", user)).containsExactly(token.id());
        assertThat(find("tenant", tenant)).containsExactly(token.id());
        assertThat(find("tenant", user)).isEmpty();
        Page page = await(store().find(Reference.of("user_id", user), null, ALL));
        assertThat(page.next()).isNull();
        assertThat(page.sessions()).first()
                .extracting(found -> found.session().data().get("other", Integer.class).orElseThrow())
                .isEqualTo(1);
    }

    @Test
    protected void textNumberAndBooleanAreFoundByTheirText() {
        UUID uuid = UUID.randomUUID();
        int number = Math.abs(uuid.hashCode());
        SessionToken token = create(SessionData.of("user_id", number, "tenant", uuid));
        assertThat(find("user_id", number)).containsExactly(token.id());
        assertThat(find("user_id", Integer.toString(number))).containsExactly(token.id());
        assertThat(find("tenant", uuid)).containsExactly(token.id());
    }

    @Test
    protected void valuesOfAnyCharactersAreKeptApart() {
        String base = unique();
        List<String> values = List.of(base, base + "}", base + "{", "{" + base + "}", base + ":", base + " ", " " + base,
                base + "\n", base + "*",
                base + "?", base + "\u00e9", base + "\ud83d\ude00", base + "\u0000", base.toUpperCase() + "x", base + "\"",
                base + "\\");
        List<SessionToken> tokens = values.stream().map(value -> create(SessionData.of("user_id", value))).toList();
        for (int i = 0; i < values.size(); i++) {
            assertThat(find("user_id", values.get(i))).as(values.get(i)).containsExactly(tokens.get(i).id());
        }
        assertThat(find("tenant", base)).isEmpty();
    }

    @Test
    protected void changedValueMovesTheSession() {
        String before = unique();
        String after = unique();
        SessionToken token = create(SessionData.of("user_id", before));
        update(token, SessionData.of("user_id", after).toJson(), Set.of(), TokenChange.KEEP);

        assertThat(find("user_id", before)).isEmpty();
        assertThat(find("user_id", after)).containsExactly(token.id());
    }

    @Test
    protected void addedAndRemovedFieldEntersAndLeaves() {
        String user = unique();
        SessionToken token = create(SessionData.of("a", 1));
        update(token, SessionData.of("user_id", user).toJson(), Set.of(), TokenChange.KEEP);
        assertThat(find("user_id", user)).containsExactly(token.id());

        update(token, Map.of(), Set.of("user_id"), TokenChange.KEEP);
        assertThat(find("user_id", user)).isEmpty();
        assertThat(load(token)).isNotNull();
    }

    @Test
    protected void destroyedSessionIsNotFound() {
        String user = unique();
        SessionToken token = create(SessionData.of("user_id", user));
        await(store().destroy(token.id()));
        assertThat(find("user_id", user)).isEmpty();
    }

    @Test
    protected void renewalAndTouchKeepTheSessionWhereItIs() {
        String user = unique();
        SessionToken token = create(SessionData.of("user_id", user));
        SessionToken next = newToken();
        update(token, Map.of(), Set.of(), new TokenChange.Renew(next.hash()));
        update(token.id(), next.hash(), Map.of(), Set.of(), TokenChange.KEEP,
                expiry(Duration.ofDays(1), Duration.ofDays(30), null));
        assertThat(find("user_id", user)).containsExactly(token.id());
    }

    @Test
    protected void refusedUpdateMovesNothing() {
        String before = unique();
        String after = unique();
        SessionToken token = create(SessionData.of("user_id", before));
        assertThat(update(token.id(), newToken().hash(), SessionData.of("user_id", after).toJson(), Set.of(), TokenChange.KEEP,
                expiry()))
                .isInstanceOf(UpdateResult.Superseded.class);
        assertThat(find("user_id", before)).containsExactly(token.id());
        assertThat(find("user_id", after)).isEmpty();
    }

    @Test
    protected void pagesHoldEachSessionOnceWhileNothingChanges() {
        String user = unique();
        Set<SessionId> created = new HashSet<>();
        for (int i = 0; i < 25; i++) {
            created.add(create(SessionData.of("user_id", user)).id());
        }
        List<SessionId> found = new ArrayList<>();
        String next = null;
        int pages = 0;
        do {
            Page page = await(store().find(Reference.of("user_id", user), next, 10));
            assertThat(page.sessions()).hasSizeLessThanOrEqualTo(10);
            page.sessions().forEach(session -> found.add(session.id()));
            next = page.next();
            pages++;
        } while (next != null);
        assertThat(found).containsExactlyInAnyOrderElementsOf(created);
        assertThat(pages).isEqualTo(3);
    }

    @Test
    protected void sessionsThatStayAreFoundWhileOthersComeAndGoBetweenThePages() {
        String user = unique();
        List<SessionToken> staying = new ArrayList<>();
        List<SessionToken> leaving = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            staying.add(create(SessionData.of("user_id", user)));
            leaving.add(create(SessionData.of("user_id", user)));
        }
        Set<SessionId> found = new HashSet<>();
        String next = null;
        do {
            Page page = await(store().find(Reference.of("user_id", user), next, 7));
            page.sessions().forEach(session -> found.add(session.id()));
            next = page.next();
            if (!leaving.isEmpty()) {
                await(store().destroy(leaving.remove(0).id()));
                create(SessionData.of("user_id", user));
            }
        } while (next != null);
        assertThat(found).containsAll(staying.stream().map(SessionToken::id).toList());
    }

    @Test
    protected void sessionThatMovesAwayAndBackInParallelIsAlwaysFoundInTheEnd() throws Exception {
        String here = unique();
        String there = unique();
        SessionToken token = create(SessionData.of("user_id", here));
        StoredSession basis = load(token);
        List<UpdateResult> results = inParallel(i -> () -> store().update(token.id(), new SessionUpdate(basis, token.hash(),
                SessionData.of("user_id", i % 2 == 0 ? there : here).toJson(), Set.of(), TokenChange.KEEP, expiry())));
        assertThat(results).allMatch(UpdateResult.Updated.class::isInstance);

        String value = load(token).data().get("user_id", String.class).orElseThrow();
        assertThat(find("user_id", value)).containsExactly(token.id());
        assertThat(find("user_id", value.equals(here) ? there : here)).isEmpty();
    }

    /** All sessions of a reference, in one page. */
    protected final List<SessionId> find(String field, Object value) {
        return await(store().find(Reference.of(field, value), null, ALL)).sessions().stream().map(Found::id).toList();
    }

    /** A value that no other test uses. */
    protected static String unique() {
        return UUID.randomUUID().toString();
    }

    /** Stores a session without waiting for it. */
    protected final CompletionStage<?> creating(SessionToken token, SessionData data) {
        return store().create(token.id(), new NewSession(token.hash(), data, expiry()));
    }
}
